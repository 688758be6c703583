filedesc://harbour.arc 192.0.2.1 20200309083000 text/plain 69
1 0 Harbour
URL IP-address Archive-date Content-type Archive-length


http://harbour.example/pier 192.0.2.1 20200309083000 text/html 51
HTTP/1.1 200 OK
Content-Type: text/html

<p>pier
http://harbour.example/a page with spaces 192.0.2.1 20200309083000 text/html 65
HTTP/1.1 200 OK
Content-Type: text/html

<p>a page with spaces
