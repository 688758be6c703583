/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-parts.h"

#include "annals-palette.h"

static const char style_head[] =
  ":root{color-scheme:light dark;--paper:#fff;--text:#241f31;--muted:#5e5c64;--line:#d8d7da;--grid:#e9e9ec;"
  "--accent:#1a5fb4;--alert:#a51d2d}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:60rem;background:var(--paper);color:var(--text);"
  "font:1rem/1.55 \"Source Serif 4\",Charter,\"Noto Serif\",Georgia,serif;overflow-wrap:break-word}\n"
  "h1,h2,h3,dt,nav,figcaption,p.evidence,.when,.lane,.foot,.skip,.subtitle,svg,table,footer"
  "{font-family:Cantarell,\"Adwaita Sans\",\"Noto Sans\",system-ui,sans-serif}\n"
  "h1{font-size:2rem;line-height:1.2;margin:0 0 .3rem}\n"
  "h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}\n"
  "h3{font-size:1.06rem;line-height:1.35;margin:0 0 .25rem}\n"
  "h4,h5,h6{font-size:1rem;margin:.8rem 0 .3rem}\n"
  "p{margin:.4rem 0}\n"
  "a{color:var(--accent)}\n"
  "a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}\n"
  "pre{overflow-x:auto;white-space:pre-wrap}\n"
  ".skip{position:absolute;left:-100vw}\n"
  ".skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;border:2px solid var(--accent)}\n"
  ".subtitle,.foot,footer,.origin{color:var(--muted);font-size:.875rem}\n"
  ".facts{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1.25rem 0;font-size:.9375rem}\n"
  ".facts dt{color:var(--muted)}\n"
  ".facts dd{margin:0}\n"
  "summary h2{display:inline-block;border:0;margin-bottom:.3rem;padding:0}\n"
  "nav ul{list-style:none;margin:0;padding:0;columns:11rem;font-size:.9375rem}\n"
  "nav li{padding:.15rem 0;break-inside:avoid}\n"
  "nav li span{color:var(--muted)}\n"
  "article{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:0 1.5rem;margin:1.4rem 0;"
  "scroll-margin-top:1rem}\n"
  "article:target,li:target{outline:2px solid var(--accent);outline-offset:.4rem;border-radius:2px}\n"
  ".when{font-size:.875rem;font-weight:600;border-inline-start:.25rem solid var(--strong,var(--line));"
  "padding-inline-start:.6rem;align-self:start;min-height:2.6rem}\n"
  ".lane{display:block;font-weight:400;color:var(--muted);font-size:.8125rem}\n"
  ".evidence{margin:.75rem 0}\n"
  ".evidence blockquote{margin:0;padding:.15rem .9rem;border-inline-start:.2rem solid var(--strong,var(--line));"
  "background:var(--soft,transparent)}\n"
  "blockquote{margin:.5rem 0;padding:0 .9rem;border-inline-start:.2rem solid var(--line)}\n"
  "figcaption,p.evidence{font-size:.875rem;color:var(--muted);margin-top:.2rem}\n"
  ".against strong{color:var(--alert)}\n"
  ".note{font-size:.9375rem}\n"
  ".sources{list-style:none;padding:0}\n"
  ".sources li{margin:.6rem 0;padding-inline-start:2.6rem;text-indent:-2.6rem;scroll-margin-top:1rem}\n"
  ".sources li>*{text-indent:0}\n"
  ".number{display:inline-block;min-width:2.6rem;color:var(--muted)}\n"
  "table{border-collapse:collapse;width:100%;font-size:.875rem}\n"
  "th,td{text-align:start;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line)}\n"
  "code{font-size:.85em;overflow-wrap:anywhere}\n"
  "footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.6rem}\n"
  ".chart{margin:1.25rem 0 0;overflow-x:auto;border:1px solid var(--line);border-radius:6px}\n"
  ".chart svg{display:block;width:100%;min-width:42rem;height:auto}\n"
  ".chart text{font-size:11px;fill:var(--text)}\n"
  ".chart .name{font-weight:600;fill:var(--text)}\n"
  ".chart .tick{fill:var(--muted)}\n"
  ".chart .grid{stroke:var(--grid)}\n"
  ".chart .major{stroke:var(--line)}\n"
  ".chart .bar{fill:var(--soft,var(--grid));stroke:var(--strong,var(--muted));stroke-width:.6}\n"
  ".chart .unsure{stroke-dasharray:2.5 2}\n"
  ".chart .edge{fill:var(--strong,var(--muted))}\n"
  ".chart a:hover .bar,.chart a:focus .bar{stroke-width:2}\n"
  ".chart a:hover text{text-decoration:underline}\n"
  "@media (max-width:40rem){article{grid-template-columns:1fr;gap:.5rem}.when{min-height:0}"
  ".facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}}\n";

static const char style_dark[] =
  "@media screen and (prefers-color-scheme:dark){\n"
  ":root{--paper:#1d1d20;--text:#f2f1f4;--muted:#b4b2b9;--line:#47464c;--grid:#333237;"
  "--accent:#99c1f1;--alert:#ff938c}\n";

static const char style_print[] =
  "@media print{\n"
  "body{max-width:none;padding:0;font-size:10.5pt}\n"
  "h1{font-size:20pt}h2{font-size:13pt;margin-top:16pt}\n"
  "h1,h2,h3{break-after:avoid}\n"
  "p,li{orphans:2;widows:2}\n"
  "article{grid-template-columns:32mm minmax(0,1fr);margin:10pt 0}\n"
  ".evidence,tr,.sources li,.when{break-inside:avoid}\n"
  ".chart{break-inside:avoid;overflow:visible}.chart svg{min-width:0}\n"
  ".evidence blockquote,.chart .bar,.chart .edge{print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
  ".skip,nav,footer{display:none}\n"
  "a{color:inherit;text-decoration:none}\n"
  "}\n";

static void
append_colours (GString  *css,
                gboolean  dark)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);

  for (guint i = 0; i < n_colours; i++)
    g_string_append_printf (css, ".c-%s{--strong:#%06x;--soft:#%06x}\n", colours[i].name, colours[i].strong,
                            dark ? colours[i].dark : colours[i].light);
}

char *
annals_html_dup_style (AnnalsPaper paper)
{
  GString *css = g_string_new (style_head);

  append_colours (css, FALSE);
  g_string_append (css, style_dark);
  append_colours (css, TRUE);
  g_string_append (css, "}\n");
  g_string_append (css, style_print);
  g_string_append_printf (css, "@page{size:%s;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) \" / \" "
                          "counter(pages);font:8pt sans-serif}}\n", paper == ANNALS_PAPER_LETTER ? "letter" : "A4");

  return g_string_free (css, FALSE);
}
