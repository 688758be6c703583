# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of annals-cli: commands and options are asked of the program itself.

function __annals_cli_commands
    annals-cli --help 2>/dev/null | string replace -rf '^  ([a-z-]+) +([^ ].*)$' '$1\t$2'
end

function __annals_cli_options
    set -l words (commandline -opc)[2..]
    annals-cli (string match -v -- '-*' $words)[1] --help 2>/dev/null |
        string replace -rf '^ +(?:-[a-z], )?(--[a-z-]+=?)\S* +(.*)$' '$1\t$2'
end

complete -c annals-cli -n __fish_use_subcommand -f -a '(__annals_cli_commands)'
complete -c annals-cli -n 'not __fish_use_subcommand; and string match -q -- "-*" (commandline -ct)' -f -a '(__annals_cli_options)'
