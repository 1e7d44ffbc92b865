# Completion of briefqa for fish.

function __briefqa_command --description 'The command of the line; open where none is named'
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] open ask show index eval config completion
        echo $words[2]
    else
        echo open
    end
end

function __briefqa_is --description 'Whether it is this one'
    test (__briefqa_command) = $argv[1]
end

function __briefqa_begins --description 'Whether this is the first word of the command'
    set -l words (commandline -opc | string match --invert -- '-*')
    test (count $words) -eq 2; and test $words[2] = $argv[1]
end

function __briefqa_starts --description 'Whether this is the first word of all'
    test (count (commandline -opc)) -eq 1
end

complete -c briefqa -n '__briefqa_starts' -a open -d 'read, ask and move through the answers in the app; PATHs alone do the same'
complete -c briefqa -n '__briefqa_starts' -a ask -d 'answer one question, or a file of them, and exit'
complete -c briefqa -n '__briefqa_starts' -a show -d 'print a place that an answer cites, and the lines around it'
complete -c briefqa -n '__briefqa_starts' -a index -d 'build, look at or clear cached indexes; ask makes them unasked'
complete -c briefqa -n '__briefqa_starts' -a eval -d 'score a file of questions with known answers'
complete -c briefqa -n '__briefqa_starts' -a config -d 'show what is configured and where, or edit it'
complete -c briefqa -n '__briefqa_starts' -a completion -d 'print what makes a shell complete commands, options and values on Tab'
complete -c briefqa -n '__briefqa_is open' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is open' -l print -d 'print the excerpt chosen with Enter, and leave'
complete -c briefqa -n '__briefqa_is open' -l literal -d 'look up the words exactly as asked'
complete -c briefqa -n '__briefqa_is open' -l no-history -d 'keep no questions'
complete -c briefqa -n '__briefqa_is open' -l version -d 'tell the version and exit'
complete -c briefqa -n '__briefqa_is open' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'the documents of a collection of the configuration; may be given again'
complete -c briefqa -n '__briefqa_is open' -l include -x -d 'of folders, read only files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is open' -l exclude -x -d 'of folders, read no files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is open' -l index -r -d 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
complete -c briefqa -n '__briefqa_is open' -l ignore -l no-ignore -d 'heed .gitignore and .briefqaignore in folders, or not'
complete -c briefqa -n '__briefqa_is open' -l max-size -x -d 'the largest file read, such as 64M or 1G (default 256M)'
complete -c briefqa -n '__briefqa_is ask' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is ask' -l questions -r -d 'ask a question a line, or JSON Lines; - is stdin'
complete -c briefqa -n '__briefqa_is ask' -s n -l top -x -d 'at most N excerpts (default 3)'
complete -c briefqa -n '__briefqa_is ask' -l strict -l no-strict -d 'a weak answer is none: exit 1'
complete -c briefqa -n '__briefqa_is ask' -l literal -d 'look up the words exactly as asked'
complete -c briefqa -n '__briefqa_is ask' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'the documents of a collection of the configuration; may be given again'
complete -c briefqa -n '__briefqa_is ask' -l include -x -d 'of folders, read only files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is ask' -l exclude -x -d 'of folders, read no files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is ask' -l index -r -d 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
complete -c briefqa -n '__briefqa_is ask' -l ignore -l no-ignore -d 'heed .gitignore and .briefqaignore in folders, or not'
complete -c briefqa -n '__briefqa_is ask' -l max-size -x -d 'the largest file read, such as 64M or 1G (default 256M)'
complete -c briefqa -n '__briefqa_is ask' -l cache -l no-cache -d 'read and write a cached index, or neither'
complete -c briefqa -n '__briefqa_is ask' -s f -l format -x -a 'text line json jsonl markdown csv paths plain' -d 'text, line, json, jsonl, markdown, csv, paths, plain (default text on a terminal, else line)'
complete -c briefqa -n '__briefqa_is ask' -l plain -d 'for screen readers: the same as --format plain'
complete -c briefqa -n '__briefqa_is ask' -l open -x -d 'then open the Nth excerpt in the editor'
complete -c briefqa -n '__briefqa_is ask' -l explain -d 'tell how the scores came about'
complete -c briefqa -n '__briefqa_is ask' -l color -x -a 'auto always never' -d 'auto, always, never'
complete -c briefqa -n '__briefqa_is ask' -s q -l quiet -d 'no output, only the exit code'
complete -c briefqa -n '__briefqa_is show' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is show' -s C -l context -x -d 'lines before and after (default 2)'
complete -c briefqa -n '__briefqa_is show' -l color -x -a 'auto always never' -d 'auto, always, never'
complete -c briefqa -n '__briefqa_is show' -l max-size -x -d 'the largest file read, such as 64M or 1G (default 256M)'
complete -c briefqa -n '__briefqa_begins index' -a 'build status clear'
complete -c briefqa -n '__briefqa_is index' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is index' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'the documents of a collection of the configuration; may be given again'
complete -c briefqa -n '__briefqa_is index' -l include -x -d 'of folders, read only files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is index' -l exclude -x -d 'of folders, read no files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is index' -l index -r -d 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
complete -c briefqa -n '__briefqa_is index' -l ignore -l no-ignore -d 'heed .gitignore and .briefqaignore in folders, or not'
complete -c briefqa -n '__briefqa_is index' -l max-size -x -d 'the largest file read, such as 64M or 1G (default 256M)'
complete -c briefqa -n '__briefqa_is index' -l rebuild -d 'on a cluster: make a new index that replaces the old'
complete -c briefqa -n '__briefqa_is index' -l shards -x -d 'of a new index there (default 3)'
complete -c briefqa -n '__briefqa_is index' -l replicas -x -d 'of each shard there (default 1)'
complete -c briefqa -n '__briefqa_is eval' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_is eval' -l min -x -d 'fail if a measure is below N per cent: passage@1, passage@5, mrr@10, sentence@1, auroc'
complete -c briefqa -n '__briefqa_is eval' -s f -l format -x -a 'text json' -d 'text or json'
complete -c briefqa -n '__briefqa_is eval' -s c -l collection -x -a '(briefqa config collections 2>/dev/null)' -d 'the documents of a collection of the configuration; may be given again'
complete -c briefqa -n '__briefqa_is eval' -l include -x -d 'of folders, read only files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is eval' -l exclude -x -d 'of folders, read no files such as \'*.md\' or drafts/; may be given again'
complete -c briefqa -n '__briefqa_is eval' -l index -r -d 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
complete -c briefqa -n '__briefqa_is eval' -l ignore -l no-ignore -d 'heed .gitignore and .briefqaignore in folders, or not'
complete -c briefqa -n '__briefqa_is eval' -l max-size -x -d 'the largest file read, such as 64M or 1G (default 256M)'
complete -c briefqa -n '__briefqa_begins config' -a 'path show edit collections'
complete -c briefqa -n '__briefqa_is config' -f
complete -c briefqa -n '__briefqa_is config' -s h -l help -d 'show this help and exit'
complete -c briefqa -n '__briefqa_begins completion' -a 'bash zsh fish powershell'
complete -c briefqa -n '__briefqa_is completion' -f
complete -c briefqa -n '__briefqa_is completion' -s h -l help -d 'show this help and exit'
