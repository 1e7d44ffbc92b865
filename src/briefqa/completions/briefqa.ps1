# Completion of briefqa for PowerShell.

Register-ArgumentCompleter -Native -CommandName briefqa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = [ordered]@{
        open = 'ask and read in the app; the default command'
        ask = 'answer a question, or a file of questions'
        show = 'print a place that an answer cites, and the lines around it'
        list = 'list the documents that would be read'
        index = 'build, inspect or delete indexes; ask builds them as needed'
        diff = 'show what changed between two editions of documents'
        timeline = 'list sentences in the order of the dates they mention'
        eval = 'measure answers to questions whose answers are known'
        mcp = 'serve agents by the Model Context Protocol on standard streams'
        config = 'show or edit the configuration'
        completion = 'print a shell completion script'
    }
    $options = @{
        open = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--print' = 'on Enter, print the selected excerpt and exit'
            '--literal' = 'search for the words exactly as written'
            '--fresh' = 'do not go on where the last session ended'
            '--no-history' = 'store neither questions nor the session'
            '-V' = 'show the version and exit'
            '--version' = 'show the version and exit'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
        }
        ask = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--questions' = 'ask the questions in FILE, one a line or JSON Lines; - is standard input'
            '--new' = 'show only answers that STATE has not seen, and write them to it; with --questions'
            '--each' = 'answer from each document by itself: a table of questions and documents'
            '--each-folder' = 'the same for each folder with documents in it'
            '--max-cells' = 'with --each: at most N answers (default: 20000)'
            '-n' = 'show at most N excerpts (default: 3)'
            '--top' = 'show at most N excerpts (default: 3)'
            '--strict' = 'treat a weak answer as no answer'
            '--no-strict' = 'treat a weak answer as no answer'
            '--min-confidence' = 'treat an answer of less confidence as no answer; 0 to 1, or per cent as in 80%'
            '--literal' = 'search for the words as written; + and - are text'
            '--must' = 'answer only from passages with WORD; may be repeated'
            '--without' = 'answer only from passages without WORD; may be repeated'
            '--fold' = 'show places that say the same as one excerpt (default)'
            '--no-fold' = 'show places that say the same as one excerpt (default)'
            '--newest' = 'prefer newer documents where answers are about equal'
            '--by-date' = 'show the excerpts in the order of their dates'
            '--since' = 'ask documents of DAY or later: 2026-11-24, yesterday, 7d, 2w'
            '--until' = 'ask documents of DAY or earlier'
            '--day-first' = 'read 03/04/2026 as the third of April'
            '--in' = 'ask documents whose path matches GLOB, such as ''reports/2026/*''; repeatable'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--cache' = 'read and write cached indexes (default)'
            '--no-cache' = 'read and write cached indexes (default)'
            '-f' = 'output format: text, line, json, jsonl, markdown, csv, paths, plain (default: text on a terminal, else line)'
            '--format' = 'output format: text, line, json, jsonl, markdown, csv, paths, plain (default: text on a terminal, else line)'
            '--json' = 'same as --format json'
            '--md' = 'same as --format markdown'
            '--plain' = 'same as --format plain, for screen readers'
            '--template' = 'print each excerpt in the form of T, such as ''{path}:{line}: {sentence}'', with the fields of JSON'
            '-0' = 'with line, paths and --template: end each item with a NUL character, as xargs -0 expects'
            '--null' = 'with line, paths and --template: end each item with a NUL character, as xargs -0 expects'
            '-A' = 'show N sentences after the best one'
            '--after-context' = 'show N sentences after the best one'
            '-B' = 'show N sentences before the best one'
            '--before-context' = 'show N sentences before the best one'
            '-C' = 'show N sentences before and after the best one'
            '--context' = 'show N sentences before and after the best one'
            '--max-chars' = 'show at most N characters of documents, in whole sentences'
            '--open' = 'open excerpt N in the editor afterwards'
            '--heading' = 'with --questions and line: print each question once, above its lines (default on a terminal), or before each of its lines, with a tab'
            '--no-heading' = 'with --questions and line: print each question once, above its lines (default on a terminal), or before each of its lines, with a tab'
            '--explain' = 'explain the scores'
            '--color' = 'when to use colour: auto, always, never'
            '--verbose' = 'list the files that are not read'
            '-q' = 'print nothing; only set the exit code'
            '--quiet' = 'print nothing; only set the exit code'
        }
        show = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '-C' = 'lines to print before and after (default: 2)'
            '--context' = 'lines to print before and after (default: 2)'
            '--max-chars' = 'show at most N characters of documents, in whole lines'
            '--color' = 'when to use colour: auto, always, never'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
        }
        list = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '-f' = 'output format: text, json, paths (default: text on a terminal and with --copies, else paths)'
            '--format' = 'output format: text, json, paths (default: text on a terminal and with --copies, else paths)'
            '--json' = 'same as --format json'
            '-0' = 'with paths: end each item with a NUL character, as xargs -0 expects'
            '--null' = 'with paths: end each item with a NUL character, as xargs -0 expects'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--verbose' = 'list the files that are not read'
            '--cache' = 'read and write cached indexes (default)'
            '--no-cache' = 'read and write cached indexes (default)'
            '--copies' = 'name near-copies of documents (default up to 20,000 passages)'
            '--no-copies' = 'name near-copies of documents (default up to 20,000 passages)'
        }
        index = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '-f' = 'output format: text, json (default: text)'
            '--format' = 'output format: text, json (default: text)'
            '--json' = 'same as --format json'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--verbose' = 'list the files that are not read'
            '--quick' = 'with build and status: do not look for damage in all of a stored index'
            '--rebuild' = 'on a cluster: build a new index that replaces the old one'
            '--shards' = 'on a cluster: shards of a new index (default: 3)'
            '--replicas' = 'on a cluster: replicas of each shard (default: 1)'
        }
        diff = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--questions' = 'compare the answers to the questions in FILE; - is standard input'
            '-f' = 'output format: text, json, markdown (default: text)'
            '--format' = 'output format: text, json, markdown (default: text)'
            '--json' = 'same as --format json'
            '--md' = 'same as --format markdown'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
        }
        timeline = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--about' = 'list sentences of passages that have all WORDS'
            '--since' = 'list dates of DAY or later: 2026-11-24, yesterday, 7d, 2w'
            '--until' = 'list dates of DAY or earlier'
            '--day-first' = 'read 03/04/2026 as the third of April'
            '--in' = 'list documents whose path matches GLOB, such as ''reports/2026/*''; repeatable'
            '-f' = 'output format: text, line, json, jsonl, markdown, csv (default: text on a terminal, else line)'
            '--format' = 'output format: text, line, json, jsonl, markdown, csv (default: text on a terminal, else line)'
            '--json' = 'same as --format json'
            '--md' = 'same as --format markdown'
            '--color' = 'when to use colour: auto, always, never'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--verbose' = 'list the files that are not read'
            '--cache' = 'read and write cached indexes (default)'
            '--no-cache' = 'read and write cached indexes (default)'
        }
        eval = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--min' = 'fail if a measure is below N per cent; may be repeated; NAME is one of passage@1, passage@5, mrr@10, sentence@1, auroc'
            '--by' = 'also measure each group of questions: kind, as the file has it, else as recognised'
            '-f' = 'output format: text, json (default: text)'
            '--format' = 'output format: text, json (default: text)'
            '--json' = 'same as --format json'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--verbose' = 'list the files that are not read'
        }
        mcp = @{
            '-h' = 'show this help and exit'
            '--help' = 'show this help and exit'
            '--skill' = 'print a skill file for agents, and exit'
            '-c' = 'add the documents of a configured collection; may be repeated'
            '--collection' = 'add the documents of a configured collection; may be repeated'
            '--include' = 'in folders, read only files that match, such as ''*.md'' or drafts/; may be repeated'
            '--exclude' = 'in folders, skip files that match, such as ''*.md'' or drafts/; may be repeated'
            '--index' = 'the folder of the index, or the address of an index on a cluster, such as https://host:9200/name (default: BRIEFQA_INDEX, then the cache folder)'
            '--ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--no-ignore' = 'apply .gitignore and .briefqaignore in folders (default)'
            '--max-size' = 'the largest file to read, such as 64M or 1G (default: 256M)'
            '--cache' = 'read and write a cached index, or neither'
            '--no-cache' = 'read and write a cached index, or neither'
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
        'list -f' = @('text', 'json', 'paths')
        'list --format' = @('text', 'json', 'paths')
        'list -c' = { briefqa config collections 2> $null }
        'list --collection' = { briefqa config collections 2> $null }
        'index -f' = @('text', 'json')
        'index --format' = @('text', 'json')
        'index -c' = { briefqa config collections 2> $null }
        'index --collection' = { briefqa config collections 2> $null }
        'diff -f' = @('text', 'json', 'markdown')
        'diff --format' = @('text', 'json', 'markdown')
        'timeline -f' = @('text', 'line', 'json', 'jsonl', 'markdown', 'csv')
        'timeline --format' = @('text', 'line', 'json', 'jsonl', 'markdown', 'csv')
        'timeline --color' = @('auto', 'always', 'never')
        'timeline -c' = { briefqa config collections 2> $null }
        'timeline --collection' = { briefqa config collections 2> $null }
        'eval --by' = @('kind')
        'eval -f' = @('text', 'json')
        'eval --format' = @('text', 'json')
        'eval -c' = { briefqa config collections 2> $null }
        'eval --collection' = { briefqa config collections 2> $null }
        'mcp -c' = { briefqa config collections 2> $null }
        'mcp --collection' = { briefqa config collections 2> $null }
    }
    $actions = @{
        index = @('build', 'status', 'list', 'clear')
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
    # If nothing is offered, PowerShell completes file names.
    $fitting = $offered | Where-Object { $_ -and $_.StartsWith($wordToComplete) }
    $fitting | Sort-Object | ForEach-Object {
        $shown = @($options[$command][$_], $commands[$_], $_) | Where-Object { $_ }
        # The configuration may come from others: the shell must not run any part of a name.
        $text = if ($_ -match '^[\w./=-]+$') { $_ } else {
            "'" + ($_ -replace "['\u2018\u2019\u201a\u201b]", '$0$0') + "'"
        }
        [System.Management.Automation.CompletionResult]::new(
            $text, $_, 'ParameterValue', @($shown)[0])
    }
}
