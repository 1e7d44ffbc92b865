# Completion of briefqa for PowerShell.

Register-ArgumentCompleter -Native -CommandName briefqa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = [ordered]@{
        open = 'read, ask and move through the answers in the app; PATHs alone do the same'
        ask = 'answer one question, or a file of them, and exit'
        show = 'print a place that an answer cites, and the lines around it'
        index = 'build, look at or clear cached indexes; ask makes them unasked'
        eval = 'score a file of questions with known answers'
        config = 'show what is configured and where, or edit it'
        completion = 'print what makes a shell complete commands, options and values on Tab'
    }
    $options = @{
        open = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--print' = 'print the excerpt chosen with Enter, and leave'
            '--literal' = 'look up the words exactly as asked'
            '--no-history' = 'keep no questions'
            '--version' = 'tell the version and exit'
            '-c' = 'the documents of a collection of the configuration; may be given again'
            '--collection' = 'the documents of a collection of the configuration; may be given again'
            '--include' = 'of folders, read only files such as ''*.md'' or drafts/; may be given again'
            '--exclude' = 'of folders, read no files such as ''*.md'' or drafts/; may be given again'
            '--index' = 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
            '--ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--no-ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--max-size' = 'the largest file read, such as 64M or 1G (default 256M)'
        }
        ask = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--questions' = 'ask a question a line, or JSON Lines; - is stdin'
            '-n' = 'at most N excerpts (default 3)'
            '--top' = 'at most N excerpts (default 3)'
            '--strict' = 'a weak answer is none: exit 1'
            '--no-strict' = 'a weak answer is none: exit 1'
            '--literal' = 'look up the words exactly as asked'
            '-c' = 'the documents of a collection of the configuration; may be given again'
            '--collection' = 'the documents of a collection of the configuration; may be given again'
            '--include' = 'of folders, read only files such as ''*.md'' or drafts/; may be given again'
            '--exclude' = 'of folders, read no files such as ''*.md'' or drafts/; may be given again'
            '--index' = 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
            '--ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--no-ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--max-size' = 'the largest file read, such as 64M or 1G (default 256M)'
            '--cache' = 'read and write a cached index, or neither'
            '--no-cache' = 'read and write a cached index, or neither'
            '-f' = 'text, line, json, jsonl, markdown, csv, paths, plain (default text on a terminal, else line)'
            '--format' = 'text, line, json, jsonl, markdown, csv, paths, plain (default text on a terminal, else line)'
            '--plain' = 'for screen readers: the same as --format plain'
            '--open' = 'then open the Nth excerpt in the editor'
            '--explain' = 'tell how the scores came about'
            '--color' = 'auto, always, never'
            '-q' = 'no output, only the exit code'
            '--quiet' = 'no output, only the exit code'
        }
        show = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '-C' = 'lines before and after (default 2)'
            '--context' = 'lines before and after (default 2)'
            '--color' = 'auto, always, never'
            '--max-size' = 'the largest file read, such as 64M or 1G (default 256M)'
        }
        index = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '-c' = 'the documents of a collection of the configuration; may be given again'
            '--collection' = 'the documents of a collection of the configuration; may be given again'
            '--include' = 'of folders, read only files such as ''*.md'' or drafts/; may be given again'
            '--exclude' = 'of folders, read no files such as ''*.md'' or drafts/; may be given again'
            '--index' = 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
            '--ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--no-ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--max-size' = 'the largest file read, such as 64M or 1G (default 256M)'
            '--rebuild' = 'on a cluster: make a new index that replaces the old'
            '--shards' = 'of a new index there (default 3)'
            '--replicas' = 'of each shard there (default 1)'
        }
        eval = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--min' = 'fail if a measure is below N per cent: passage@1, passage@5, mrr@10, sentence@1, auroc'
            '-f' = 'text or json'
            '--format' = 'text or json'
            '-c' = 'the documents of a collection of the configuration; may be given again'
            '--collection' = 'the documents of a collection of the configuration; may be given again'
            '--include' = 'of folders, read only files such as ''*.md'' or drafts/; may be given again'
            '--exclude' = 'of folders, read no files such as ''*.md'' or drafts/; may be given again'
            '--index' = 'a folder that keeps the index, or an index on a cluster: https://host:9200/name (default BRIEFQA_INDEX, else the cache folder)'
            '--ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--no-ignore' = 'heed .gitignore and .briefqaignore in folders, or not'
            '--max-size' = 'the largest file read, such as 64M or 1G (default 256M)'
        }
        config = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
        }
        completion = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
        }
    }
    $values = @{
        'open -c' = { briefqa config collections 2> $null }
        'open --collection' = { briefqa config collections 2> $null }
        'ask -c' = { briefqa config collections 2> $null }
        'ask --collection' = { briefqa config collections 2> $null }
        'ask -f' = @('text', 'line', 'json', 'jsonl', 'markdown', 'csv', 'paths', 'plain')
        'ask --format' = @('text', 'line', 'json', 'jsonl', 'markdown', 'csv', 'paths', 'plain')
        'ask --color' = @('auto', 'always', 'never')
        'show --color' = @('auto', 'always', 'never')
        'index -c' = { briefqa config collections 2> $null }
        'index --collection' = { briefqa config collections 2> $null }
        'eval -f' = @('text', 'json')
        'eval --format' = @('text', 'json')
        'eval -c' = { briefqa config collections 2> $null }
        'eval --collection' = { briefqa config collections 2> $null }
    }
    $actions = @{
        index = @('build', 'status', 'clear')
        config = @('path', 'show', 'edit', 'collections')
        completion = @('bash', 'zsh', 'fish', 'powershell')
    }

    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    $named = $before.Count -gt 0 -and $commands.Contains($before[0])
    $command = if ($named) { $before[0] } else { 'open' }
    $words = @($before | Where-Object { $_ -notlike '-*' })
    $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }

    $offered = if ($values.ContainsKey("$command $previous")) {
        $values["$command $previous"] | ForEach-Object {
            if ($_ -is [scriptblock]) { & $_ } else { $_ }
        }
    } elseif ($wordToComplete -like '-*') {
        $options[$command].Keys
    } elseif ($before.Count -eq 0) {
        $commands.Keys
    } elseif ($named -and $words.Count -eq 1) {
        $actions[$command]
    }
    # Where nothing is offered, PowerShell completes names of files.
    $fitting = $offered | Where-Object { $_ -and $_.StartsWith($wordToComplete) }
    $fitting | Sort-Object | ForEach-Object {
        $told = @($options[$command][$_], $commands[$_], $_) | Where-Object { $_ }
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', @($told)[0])
    }
}
