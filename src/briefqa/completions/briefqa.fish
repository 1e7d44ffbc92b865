# Completion of briefqa for fish.

function __briefqa_command --description 'The command of the line; open if there is none'
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] open ask show index eval config completion
        echo $words[2]
    else
        echo open
    end
end

function __briefqa_is --description 'Whether the command is this one'
    test (__briefqa_command) = $argv[1]
end

function __briefqa_begins --description 'Whether this is the first operand of the command'
    set -l words (commandline -opc | string match --invert -- '-*')
    test (count $words) -eq 2; and test $words[2] = $argv[1]
end

function __briefqa_starts --description 'Whether this is the first argument'
    test (count (commandline -opc)) -eq 1
end

complete -c briefqa -n '__briefqa_starts' -a open -d 'ask and read in the app; the default command'
complete -c briefqa -n '__briefqa_starts' -a ask -d 'answer a question, or a file of questions'
complete -c briefqa -n '__briefqa_starts' -a show -d 'print a place that an answer cites, and the lines around it'
complete -c briefqa -n '__briefqa_starts' -a index -d 'build, inspect or delete indexes; ask builds them as needed'
complete -c briefqa -n '__briefqa_starts' -a eval -d 'measure answers to questions whose answers are known'
complete -c briefqa -n '__briefqa_starts' -a config -d 'show or edit the configuration'
complete -c briefqa -n '__briefqa_starts' -a completion -d 'print a shell completion script'
complete -c briefqa -n '__briefqa_is open' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is open' -l print -d 'on Enter, print the selected excerpt and exit'
complete -c briefqa -n '__briefqa_is open' -l literal -d 'search for the words exactly as written'
complete -c briefqa -n '__briefqa_is open' -l no-history -d 'do not store questions'
complete -c briefqa -n '__briefqa_is open' -s V -l version -d 'show the version and exit'
complete -c briefqa -n '__briefqa_is open' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'add the documents of a configured collection; may be repeated'
complete -c briefqa -n '__briefqa_is open' -l include -x -d 'in folders, read only files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is open' -l exclude -x -d 'in folders, skip files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is open' -l index -r -d 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
complete -c briefqa -n '__briefqa_is open' -l ignore -l no-ignore -d 'apply .gitignore and .briefqaignore in folders (default)'
complete -c briefqa -n '__briefqa_is open' -l max-size -x -d 'the largest file to read, such as 64M or 1G (default: 256M)'
complete -c briefqa -n '__briefqa_is ask' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is ask' -l questions -r -d 'ask the questions in FILE, one a line or JSON Lines; - is standard input'
complete -c briefqa -n '__briefqa_is ask' -s n -l top -x -d 'show at most N excerpts (default: 3)'
complete -c briefqa -n '__briefqa_is ask' -l strict -l no-strict -d 'treat a weak answer as no answer'
complete -c briefqa -n '__briefqa_is ask' -l min-confidence -x -d 'treat an answer of less confidence as no answer; 0 to 1, or per cent as in 80%'
complete -c briefqa -n '__briefqa_is ask' -l literal -d 'search for the words exactly as written'
complete -c briefqa -n '__briefqa_is ask' -l fold -l no-fold -d 'show places that say the same as one excerpt (default)'
complete -c briefqa -n '__briefqa_is ask' -l newest -d 'prefer newer documents where answers are about equal'
complete -c briefqa -n '__briefqa_is ask' -l by-date -d 'show the excerpts in the order of their dates'
complete -c briefqa -n '__briefqa_is ask' -l since -x -d 'ask documents of DAY or later: 2026-11-24, yesterday, 7d, 2w'
complete -c briefqa -n '__briefqa_is ask' -l until -x -d 'ask documents of DAY or earlier'
complete -c briefqa -n '__briefqa_is ask' -l day-first -d 'read 03/04/2026 as the third of April'
complete -c briefqa -n '__briefqa_is ask' -l in -x -d 'ask documents whose path matches GLOB, such as \'reports/2026/*\'; repeatable'
complete -c briefqa -n '__briefqa_is ask' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'add the documents of a configured collection; may be repeated'
complete -c briefqa -n '__briefqa_is ask' -l include -x -d 'in folders, read only files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is ask' -l exclude -x -d 'in folders, skip files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is ask' -l index -r -d 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
complete -c briefqa -n '__briefqa_is ask' -l ignore -l no-ignore -d 'apply .gitignore and .briefqaignore in folders (default)'
complete -c briefqa -n '__briefqa_is ask' -l max-size -x -d 'the largest file to read, such as 64M or 1G (default: 256M)'
complete -c briefqa -n '__briefqa_is ask' -l cache -l no-cache -d 'read and write cached indexes (default)'
complete -c briefqa -n '__briefqa_is ask' -s f -l format -x -a 'text line json jsonl markdown csv paths plain' -d 'output format: text, line, json, jsonl, markdown, csv, paths, plain (default: text on a terminal, else line)'
complete -c briefqa -n '__briefqa_is ask' -l json -d 'same as --format json'
complete -c briefqa -n '__briefqa_is ask' -l md -d 'same as --format markdown'
complete -c briefqa -n '__briefqa_is ask' -l plain -d 'same as --format plain, for screen readers'
complete -c briefqa -n '__briefqa_is ask' -l open -x -d 'open excerpt N in the editor afterwards'
complete -c briefqa -n '__briefqa_is ask' -l heading -l no-heading -d 'with --questions and line: print each question once, above its lines (default on a terminal), or before each of its lines, with a tab'
complete -c briefqa -n '__briefqa_is ask' -l explain -d 'explain the scores'
complete -c briefqa -n '__briefqa_is ask' -l color -x -a 'auto always never' -d 'when to use colour: auto, always, never'
complete -c briefqa -n '__briefqa_is ask' -l verbose -d 'list the files that are not read'
complete -c briefqa -n '__briefqa_is ask' -s q -l quiet -d 'print nothing; only set the exit code'
complete -c briefqa -n '__briefqa_is show' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is show' -s C -l context -x -d 'lines to print before and after (default: 2)'
complete -c briefqa -n '__briefqa_is show' -l color -x -a 'auto always never' -d 'when to use colour: auto, always, never'
complete -c briefqa -n '__briefqa_is show' -l max-size -x -d 'the largest file to read, such as 64M or 1G (default: 256M)'
complete -c briefqa -n '__briefqa_begins index' -a 'build status clear'
complete -c briefqa -n '__briefqa_is index' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is index' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'add the documents of a configured collection; may be repeated'
complete -c briefqa -n '__briefqa_is index' -l include -x -d 'in folders, read only files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is index' -l exclude -x -d 'in folders, skip files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is index' -l index -r -d 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
complete -c briefqa -n '__briefqa_is index' -l ignore -l no-ignore -d 'apply .gitignore and .briefqaignore in folders (default)'
complete -c briefqa -n '__briefqa_is index' -l max-size -x -d 'the largest file to read, such as 64M or 1G (default: 256M)'
complete -c briefqa -n '__briefqa_is index' -l verbose -d 'list the files that are not read'
complete -c briefqa -n '__briefqa_is index' -l quick -d 'with build and status: do not look for damage in all of a stored index'
complete -c briefqa -n '__briefqa_is index' -l rebuild -d 'on a cluster: build a new index that replaces the old one'
complete -c briefqa -n '__briefqa_is index' -l shards -x -d 'on a cluster: shards of a new index (default: 3)'
complete -c briefqa -n '__briefqa_is index' -l replicas -x -d 'on a cluster: replicas of each shard (default: 1)'
complete -c briefqa -n '__briefqa_is eval' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is eval' -l min -x -d 'fail if a measure is below N per cent; may be repeated; NAME is one of passage@1, passage@5, mrr@10, sentence@1, auroc'
complete -c briefqa -n '__briefqa_is eval' -l by -x -a 'kind' -d 'also measure each group of questions: kind, as the file has it, else as recognised'
complete -c briefqa -n '__briefqa_is eval' -s f -l format -x -a 'text json' -d 'output format: text, json (default: text)'
complete -c briefqa -n '__briefqa_is eval' -l json -d 'same as --format json'
complete -c briefqa -n '__briefqa_is eval' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'add the documents of a configured collection; may be repeated'
complete -c briefqa -n '__briefqa_is eval' -l include -x -d 'in folders, read only files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is eval' -l exclude -x -d 'in folders, skip files that match, such as \'*.md\' or drafts/; may be repeated'
complete -c briefqa -n '__briefqa_is eval' -l index -r -d 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
complete -c briefqa -n '__briefqa_is eval' -l ignore -l no-ignore -d 'apply .gitignore and .briefqaignore in folders (default)'
complete -c briefqa -n '__briefqa_is eval' -l max-size -x -d 'the largest file to read, such as 64M or 1G (default: 256M)'
complete -c briefqa -n '__briefqa_is eval' -l verbose -d 'list the files that are not read'
complete -c briefqa -n '__briefqa_begins config' -a 'path show edit collections'
complete -c briefqa -n '__briefqa_is config' -f
complete -c briefqa -n '__briefqa_is config' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_begins completion' -a 'bash zsh fish powershell'
complete -c briefqa -n '__briefqa_is completion' -f
complete -c briefqa -n '__briefqa_is completion' -s h -l help -d 'show this help and exit'
