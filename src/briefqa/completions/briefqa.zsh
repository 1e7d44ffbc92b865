#compdef briefqa
# Completion of briefqa for zsh.

_briefqa() {
  local command=
  if ((CURRENT > 2)); then
    case $words[2] in
      open | ask | show | list | index | diff | timeline | eval | mcp | config | completion)
        command=$words[2]
        shift words
        ((CURRENT--))
        ;;
    esac
  fi
  case $command in
    '')
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--print)--print[on Enter, print the selected excerpt and exit]' \
        '(--literal)--literal[search for the words exactly as written]' \
        '(--fresh)--fresh[do not go on where the last session ended]' \
        '(--no-history)--no-history[store neither questions nor the session]' \
        '(-V --version)-V[show the version and exit]' \
        '(-V --version)--version[show the version and exit]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '1: : _briefqa_start' \
        '*:path:_files'
      ;;
    open)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--print)--print[on Enter, print the selected excerpt and exit]' \
        '(--literal)--literal[search for the words exactly as written]' \
        '(--fresh)--fresh[do not go on where the last session ended]' \
        '(--no-history)--no-history[store neither questions nor the session]' \
        '(-V --version)-V[show the version and exit]' \
        '(-V --version)--version[show the version and exit]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '*:path:_files'
      ;;
    ask)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--questions)--questions=[ask the questions in FILE, one a line or JSON Lines; - is standard input]:FILE:_files' \
        '(--new)--new=[show only answers that STATE has not seen, and write them to it; with --questions]:STATE: ' \
        '(--each)--each[answer from each document by itself\: a table of questions and documents]' \
        '(--each-folder)--each-folder[the same for each folder with documents in it]' \
        '(--max-cells)--max-cells=[with --each\: at most N answers (default\: 20000)]:N: ' \
        '(-n --top)-n+[show at most N excerpts (default\: 3)]:N: ' \
        '(-n --top)--top=[show at most N excerpts (default\: 3)]:N: ' \
        '(--strict --no-strict)--strict[treat a weak answer as no answer]' \
        '(--strict --no-strict)--no-strict[treat a weak answer as no answer]' \
        '(--min-confidence)--min-confidence=[treat an answer of less confidence as no answer; 0 to 1, or per cent as in 80%]:P: ' \
        '(--literal)--literal[search for the words as written; + and - are text]' \
        '*--must=[answer only from passages with WORD; may be repeated]:WORD: ' \
        '*--without=[answer only from passages without WORD; may be repeated]:WORD: ' \
        '(--fold --no-fold)--fold[show places that say the same as one excerpt (default)]' \
        '(--fold --no-fold)--no-fold[show places that say the same as one excerpt (default)]' \
        '(--newest)--newest[prefer newer documents where answers are about equal]' \
        '(--by-date)--by-date[show the excerpts in the order of their dates]' \
        '(--since)--since=[ask documents of DAY or later\: 2026-11-24, yesterday, 7d, 2w]:DAY: ' \
        '(--until)--until=[ask documents of DAY or earlier]:DAY: ' \
        '(--day-first)--day-first[read 03/04/2026 as the third of April]' \
        '*--in=[ask documents whose path matches GLOB, such as '\''reports/2026/*'\''; repeatable]:GLOB: ' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--cache --no-cache)--cache[read and write cached indexes (default)]' \
        '(--cache --no-cache)--no-cache[read and write cached indexes (default)]' \
        '(-f --format)-f+[output format\: text, line, json, jsonl, markdown, csv, paths, plain (default\: text on a terminal, else line)]:F:(text line json jsonl markdown csv paths plain)' \
        '(-f --format)--format=[output format\: text, line, json, jsonl, markdown, csv, paths, plain (default\: text on a terminal, else line)]:F:(text line json jsonl markdown csv paths plain)' \
        '(--json)--json[same as --format json]' \
        '(--md)--md[same as --format markdown]' \
        '(--plain)--plain[same as --format plain, for screen readers]' \
        '(--template)--template=[print each excerpt in the form of T, such as '\''{path}\:{line}\: {sentence}'\'', with the fields of JSON]:T: ' \
        '(-0 --null)-0[with line, paths and --template\: end each item with a NUL character, as xargs -0 expects]' \
        '(-0 --null)--null[with line, paths and --template\: end each item with a NUL character, as xargs -0 expects]' \
        '(-A --after-context)-A+[show N sentences after the best one]:N: ' \
        '(-A --after-context)--after-context=[show N sentences after the best one]:N: ' \
        '(-B --before-context)-B+[show N sentences before the best one]:N: ' \
        '(-B --before-context)--before-context=[show N sentences before the best one]:N: ' \
        '(-C --context)-C+[show N sentences before and after the best one]:N: ' \
        '(-C --context)--context=[show N sentences before and after the best one]:N: ' \
        '(--max-chars)--max-chars=[show at most N characters of documents, in whole sentences]:N: ' \
        '(--open)--open=[open excerpt N in the editor afterwards]:N: ' \
        '(--heading --no-heading)--heading[with --questions and line\: print each question once, above its lines (default on a terminal), or before each of its lines, with a tab]' \
        '(--heading --no-heading)--no-heading[with --questions and line\: print each question once, above its lines (default on a terminal), or before each of its lines, with a tab]' \
        '(--explain)--explain[explain the scores]' \
        '(--color)--color=[when to use colour\: auto, always, never]:WHEN:(auto always never)' \
        '(--verbose)--verbose[list the files that are not read]' \
        '(-q --quiet)-q[print nothing; only set the exit code]' \
        '(-q --quiet)--quiet[print nothing; only set the exit code]' \
        '*:path:_files'
      ;;
    show)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(-C --context)-C+[lines to print before and after (default\: 2)]:N: ' \
        '(-C --context)--context=[lines to print before and after (default\: 2)]:N: ' \
        '(--max-chars)--max-chars=[show at most N characters of documents, in whole lines]:N: ' \
        '(--color)--color=[when to use colour\: auto, always, never]:WHEN:(auto always never)' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '*:path:_files'
      ;;
    list)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(-f --format)-f+[output format\: text, json, paths (default\: text on a terminal and with --copies, else paths)]:F:(text json paths)' \
        '(-f --format)--format=[output format\: text, json, paths (default\: text on a terminal and with --copies, else paths)]:F:(text json paths)' \
        '(--json)--json[same as --format json]' \
        '(-0 --null)-0[with paths\: end each item with a NUL character, as xargs -0 expects]' \
        '(-0 --null)--null[with paths\: end each item with a NUL character, as xargs -0 expects]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--verbose)--verbose[list the files that are not read]' \
        '(--cache --no-cache)--cache[read and write cached indexes (default)]' \
        '(--cache --no-cache)--no-cache[read and write cached indexes (default)]' \
        '(--copies --no-copies)--copies[name near-copies of documents (default up to 20,000 passages)]' \
        '(--copies --no-copies)--no-copies[name near-copies of documents (default up to 20,000 passages)]' \
        '*:path:_files'
      ;;
    index)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(-f --format)-f+[output format\: text, json (default\: text)]:F:(text json)' \
        '(-f --format)--format=[output format\: text, json (default\: text)]:F:(text json)' \
        '(--json)--json[same as --format json]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--verbose)--verbose[list the files that are not read]' \
        '(--quick)--quick[with build and status\: do not look for damage in all of a stored index]' \
        '(--rebuild)--rebuild[on a cluster\: build a new index that replaces the old one]' \
        '(--shards)--shards=[on a cluster\: shards of a new index (default\: 3)]:N: ' \
        '(--replicas)--replicas=[on a cluster\: replicas of each shard (default\: 1)]:N: ' \
        '1: : _briefqa_actions build status list clear' \
        '*:path:_files'
      ;;
    diff)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--questions)--questions=[compare the answers to the questions in FILE; - is standard input]:FILE:_files' \
        '(-f --format)-f+[output format\: text, json, markdown (default\: text)]:F:(text json markdown)' \
        '(-f --format)--format=[output format\: text, json, markdown (default\: text)]:F:(text json markdown)' \
        '(--json)--json[same as --format json]' \
        '(--md)--md[same as --format markdown]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: '
      ;;
    timeline)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--about)--about=[list sentences of passages that have all WORDS]:WORDS: ' \
        '(--since)--since=[list dates of DAY or later\: 2026-11-24, yesterday, 7d, 2w]:DAY: ' \
        '(--until)--until=[list dates of DAY or earlier]:DAY: ' \
        '(--day-first)--day-first[read 03/04/2026 as the third of April]' \
        '*--in=[list documents whose path matches GLOB, such as '\''reports/2026/*'\''; repeatable]:GLOB: ' \
        '(-f --format)-f+[output format\: text, line, json, jsonl, markdown, csv (default\: text on a terminal, else line)]:F:(text line json jsonl markdown csv)' \
        '(-f --format)--format=[output format\: text, line, json, jsonl, markdown, csv (default\: text on a terminal, else line)]:F:(text line json jsonl markdown csv)' \
        '(--json)--json[same as --format json]' \
        '(--md)--md[same as --format markdown]' \
        '(--color)--color=[when to use colour\: auto, always, never]:WHEN:(auto always never)' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--verbose)--verbose[list the files that are not read]' \
        '(--cache --no-cache)--cache[read and write cached indexes (default)]' \
        '(--cache --no-cache)--no-cache[read and write cached indexes (default)]' \
        '*:path:_files'
      ;;
    eval)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '*--min=[fail if a measure is below N per cent; may be repeated; NAME is one of passage@1, passage@5, mrr@10, sentence@1, auroc]:NAME=N: ' \
        '(--by)--by=[also measure each group of questions\: kind, as the file has it, else as recognised]:FIELD:(kind)' \
        '(-f --format)-f+[output format\: text, json (default\: text)]:F:(text json)' \
        '(-f --format)--format=[output format\: text, json (default\: text)]:F:(text json)' \
        '(--json)--json[same as --format json]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--verbose)--verbose[list the files that are not read]' \
        '*:path:_files'
      ;;
    mcp)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--skill)--skill[print a skill file for agents, and exit]' \
        '*-c+[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--collection=[add the documents of a configured collection; may be repeated]:NAME:_briefqa_collections' \
        '*--include=[in folders, read only files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '*--exclude=[in folders, skip files that match, such as '\''*.md'\'' or drafts/; may be repeated]:GLOB: ' \
        '(--index)--index=[the folder of the index, or the address of an index on a cluster, such as https\://host\:9200/name (default\: BRIEFQA_INDEX, then the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--ignore --no-ignore)--no-ignore[apply .gitignore and .briefqaignore in folders (default)]' \
        '(--max-size)--max-size=[the largest file to read, such as 64M or 1G (default\: 256M)]:SIZE: ' \
        '(--cache --no-cache)--cache[read and write a cached index, or neither]' \
        '(--cache --no-cache)--no-cache[read and write a cached index, or neither]' \
        '*:path:_files'
      ;;
    config)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '1:action:(path show edit collections)'
      ;;
    completion)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '1:action:(bash zsh fish powershell)'
      ;;
  esac
}

_briefqa_start() {
  local -a commands=(
    'open:ask and read in the app; the default command'
    'ask:answer a question, or a file of questions'
    'show:print a place that an answer cites, and the lines around it'
    'list:list the documents that would be read'
    'index:build, inspect or delete indexes; ask builds them as needed'
    'diff:show what changed between two editions of documents'
    'timeline:list sentences in the order of the dates they mention'
    'eval:measure answers to questions whose answers are known'
    'mcp:serve agents by the Model Context Protocol on standard streams'
    'config:show or edit the configuration'
    'completion:print a shell completion script'
  )
  _alternative "commands:command:{_describe command commands}" 'paths:path:_files'
}

_briefqa_collections() {
  local -a names=(${(f)"$(briefqa config collections 2> /dev/null)"})
  compadd -a names
}

_briefqa_actions() {
  _alternative "actions:action:($*)" 'paths:path:_files'
}

# As a file in fpath this runs when it is first needed; as a script it declares the function.
if [[ $funcstack[1] == _briefqa ]]; then
  _briefqa "$@"
else
  compdef _briefqa briefqa
fi
