# Completion of briefqa for bash.

_briefqa() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command= word options valued actions paths=1 words=0 ended= i=1
    COMPREPLY=()
    if ((COMP_CWORD > 1)); then
        case ${COMP_WORDS[1]} in
            open | ask | show | list | index | diff | timeline | eval | mcp | config | completion) command=${COMP_WORDS[1]} i=2 ;;
        esac
    fi
    case $command in
        '')
            options='-h --help --print --literal --fresh --no-history -V --version -c --collection --include --exclude --index --ignore --no-ignore --max-size'
            valued='-c --collection --include --exclude --index --max-size'
            actions='open ask show list index diff timeline eval mcp config completion'
            ;;
        open)
            options='-h --help --print --literal --fresh --no-history -V --version -c --collection --include --exclude --index --ignore --no-ignore --max-size'
            valued='-c --collection --include --exclude --index --max-size'
            actions=''
            ;;
        ask)
            options='-h --help --questions --new --each --each-folder --max-cells -n --top --strict --no-strict --min-confidence --literal --must --without --fold --no-fold --newest --by-date --since --until --day-first --in -c --collection --include --exclude --index --ignore --no-ignore --max-size --cache --no-cache -f --format --json --md --plain --template -0 --null -A --after-context -B --before-context -C --context --max-chars --open --heading --no-heading --explain --color --verbose -q --quiet'
            valued='--questions --new --max-cells -n --top --min-confidence --must --without --since --until --in -c --collection --include --exclude --index --max-size -f --format --template -A --after-context -B --before-context -C --context --max-chars --open --color'
            actions=''
            ;;
        show)
            options='-h --help -C --context --max-chars --color --max-size'
            valued='-C --context --max-chars --color --max-size'
            actions=''
            ;;
        list)
            options='-h --help -f --format --json -0 --null -c --collection --include --exclude --index --ignore --no-ignore --max-size --verbose --cache --no-cache --copies --no-copies'
            valued='-f --format -c --collection --include --exclude --index --max-size'
            actions=''
            ;;
        index)
            options='-h --help -f --format --json -c --collection --include --exclude --index --ignore --no-ignore --max-size --verbose --quick --rebuild --shards --replicas'
            valued='-f --format -c --collection --include --exclude --index --max-size --shards --replicas'
            actions='build status list clear'
            ;;
        diff)
            options='-h --help --questions -f --format --json --md --max-size'
            valued='--questions -f --format --max-size'
            actions=''
            paths=
            ;;
        timeline)
            options='-h --help --about --since --until --day-first --in -f --format --json --md --color -c --collection --include --exclude --index --ignore --no-ignore --max-size --verbose --cache --no-cache'
            valued='--about --since --until --in -f --format --color -c --collection --include --exclude --index --max-size'
            actions=''
            ;;
        eval)
            options='-h --help --min --by -f --format --json -c --collection --include --exclude --index --ignore --no-ignore --max-size --verbose'
            valued='--min --by -f --format -c --collection --include --exclude --index --max-size'
            actions=''
            ;;
        mcp)
            options='-h --help --skill -c --collection --include --exclude --index --ignore --no-ignore --max-size --cache --no-cache'
            valued='-c --collection --include --exclude --index --max-size'
            actions=''
            ;;
        config)
            options='-h --help'
            valued=''
            actions='path show edit collections'
            paths=
            ;;
        completion)
            options='-h --help'
            valued=''
            actions='bash zsh fish powershell'
            paths=
            ;;
    esac

    for (( ; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == -- ]]; then
            ended=1
        elif [[ " $valued " == *" $word "* ]]; then
            # Readline splits --option=value at the sign.
            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
            ((i++))
        elif [[ $word != -* || $ended ]]; then
            ((words++))
        fi
    done

    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ ! $ended && " $valued " == *" $previous "* ]]; then
        _briefqa_value "${command:-open} $previous" "$current"
    elif [[ ! $ended && $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
    elif ((words == 0)) && [[ $actions ]]; then
        COMPREPLY=($(compgen -W "$actions" -- "$current"))
    fi
    # If nothing else is offered, bash completes file names.
    [[ $paths ]] || compopt +o default +o bashdefault 2> /dev/null
    return 0
}

_briefqa_value() {
    case $1 in
        'open -c' | 'open --collection') _briefqa_collections "$2" ;;
        'open --index') ;;
        'ask --questions') ;;
        'ask -c' | 'ask --collection') _briefqa_collections "$2" ;;
        'ask --index') ;;
        'ask -f' | 'ask --format') COMPREPLY=($(compgen -W 'text line json jsonl markdown csv paths plain' -- "$2")) ;;
        'ask --color') COMPREPLY=($(compgen -W 'auto always never' -- "$2")) ;;
        'show --color') COMPREPLY=($(compgen -W 'auto always never' -- "$2")) ;;
        'list -f' | 'list --format') COMPREPLY=($(compgen -W 'text json paths' -- "$2")) ;;
        'list -c' | 'list --collection') _briefqa_collections "$2" ;;
        'list --index') ;;
        'index -f' | 'index --format') COMPREPLY=($(compgen -W 'text json' -- "$2")) ;;
        'index -c' | 'index --collection') _briefqa_collections "$2" ;;
        'index --index') ;;
        'diff --questions') ;;
        'diff -f' | 'diff --format') COMPREPLY=($(compgen -W 'text json markdown' -- "$2")) ;;
        'timeline -f' | 'timeline --format') COMPREPLY=($(compgen -W 'text line json jsonl markdown csv' -- "$2")) ;;
        'timeline --color') COMPREPLY=($(compgen -W 'auto always never' -- "$2")) ;;
        'timeline -c' | 'timeline --collection') _briefqa_collections "$2" ;;
        'timeline --index') ;;
        'eval --by') COMPREPLY=($(compgen -W 'kind' -- "$2")) ;;
        'eval -f' | 'eval --format') COMPREPLY=($(compgen -W 'text json' -- "$2")) ;;
        'eval -c' | 'eval --collection') _briefqa_collections "$2" ;;
        'eval --index') ;;
        'mcp -c' | 'mcp --collection') _briefqa_collections "$2" ;;
        'mcp --index') ;;
        *) compopt +o default +o bashdefault 2> /dev/null ;;
    esac
}

_briefqa_collections() {
    local name
    while IFS= read -r name; do
        # The configuration may come from others: the shell must not run any part of a name.
        [[ $name == "$1"* ]] && COMPREPLY+=("$(printf %q "$name")")
    done < <(briefqa config collections 2> /dev/null)
}

complete -o bashdefault -o default -F _briefqa briefqa
