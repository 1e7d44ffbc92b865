#compdef briefqa
# Completion of briefqa for zsh.

_briefqa() {
  local command=
  if ((CURRENT > 2)); then
    case $words[2] in
      open | ask | show | index | eval | config | completion)
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
        '(--print)--print[print the excerpt chosen with Enter, and leave]' \
        '(--literal)--literal[look up the words exactly as asked]' \
        '(--no-history)--no-history[keep no questions]' \
        '(--version)--version[tell the version and exit]' \
        '*-c+[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--collection=[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--include=[of folders, read only files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '*--exclude=[of folders, read no files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '(--index)--index=[a folder that keeps the index, or an index on a cluster\: https\://host\:9200/name (default BRIEFQA_INDEX, else the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--ignore --no-ignore)--no-ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
        '1: : _briefqa_start' \
        '*:path:_files'
      ;;
    open)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--print)--print[print the excerpt chosen with Enter, and leave]' \
        '(--literal)--literal[look up the words exactly as asked]' \
        '(--no-history)--no-history[keep no questions]' \
        '(--version)--version[tell the version and exit]' \
        '*-c+[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--collection=[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--include=[of folders, read only files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '*--exclude=[of folders, read no files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '(--index)--index=[a folder that keeps the index, or an index on a cluster\: https\://host\:9200/name (default BRIEFQA_INDEX, else the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--ignore --no-ignore)--no-ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
        '*:path:_files'
      ;;
    ask)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(--questions)--questions=[ask a question a line, or JSON Lines; - is stdin]:FILE:_files' \
        '(-n --top)-n+[at most N excerpts (default 3)]:N: ' \
        '(-n --top)--top=[at most N excerpts (default 3)]:N: ' \
        '(--strict --no-strict)--strict[a weak answer is none\: exit 1]' \
        '(--strict --no-strict)--no-strict[a weak answer is none\: exit 1]' \
        '(--literal)--literal[look up the words exactly as asked]' \
        '*-c+[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--collection=[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--include=[of folders, read only files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '*--exclude=[of folders, read no files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '(--index)--index=[a folder that keeps the index, or an index on a cluster\: https\://host\:9200/name (default BRIEFQA_INDEX, else the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--ignore --no-ignore)--no-ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
        '(--cache --no-cache)--cache[read and write a cached index, or neither]' \
        '(--cache --no-cache)--no-cache[read and write a cached index, or neither]' \
        '(-f --format)-f+[text, line, json, jsonl, markdown, csv, paths, plain (default text on a terminal, else line)]:F:(text line json jsonl markdown csv paths plain)' \
        '(-f --format)--format=[text, line, json, jsonl, markdown, csv, paths, plain (default text on a terminal, else line)]:F:(text line json jsonl markdown csv paths plain)' \
        '(--plain)--plain[for screen readers\: the same as --format plain]' \
        '(--open)--open=[then open the Nth excerpt in the editor]:N: ' \
        '(--explain)--explain[tell how the scores came about]' \
        '(--color)--color=[auto, always, never]:WHEN:(auto always never)' \
        '(-q --quiet)-q[no output, only the exit code]' \
        '(-q --quiet)--quiet[no output, only the exit code]' \
        '*:path:_files'
      ;;
    show)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '(-C --context)-C+[lines before and after (default 2)]:N: ' \
        '(-C --context)--context=[lines before and after (default 2)]:N: ' \
        '(--color)--color=[auto, always, never]:WHEN:(auto always never)' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
        '*:path:_files'
      ;;
    index)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '*-c+[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--collection=[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--include=[of folders, read only files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '*--exclude=[of folders, read no files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '(--index)--index=[a folder that keeps the index, or an index on a cluster\: https\://host\:9200/name (default BRIEFQA_INDEX, else the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--ignore --no-ignore)--no-ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
        '(--rebuild)--rebuild[on a cluster\: make a new index that replaces the old]' \
        '(--shards)--shards=[of a new index there (default 3)]:N: ' \
        '(--replicas)--replicas=[of each shard there (default 1)]:N: ' \
        '1: : _briefqa_actions build status clear' \
        '*:path:_files'
      ;;
    eval)
      _arguments -s -S : \
        '(-h --help)-h[show this help and exit]' \
        '(-h --help)--help[show this help and exit]' \
        '*--min=[fail if a measure is below N per cent\: passage@1, passage@5, mrr@10, sentence@1, auroc]:NAME=N: ' \
        '(-f --format)-f+[text or json]:F:(text json)' \
        '(-f --format)--format=[text or json]:F:(text json)' \
        '*-c+[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--collection=[the documents of a collection of the configuration; may be given again]:NAME:_briefqa_collections' \
        '*--include=[of folders, read only files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '*--exclude=[of folders, read no files such as '\''*.md'\'' or drafts/; may be given again]:GLOB: ' \
        '(--index)--index=[a folder that keeps the index, or an index on a cluster\: https\://host\:9200/name (default BRIEFQA_INDEX, else the cache folder)]:WHERE:_files' \
        '(--ignore --no-ignore)--ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--ignore --no-ignore)--no-ignore[heed .gitignore and .briefqaignore in folders, or not]' \
        '(--max-size)--max-size=[the largest file read, such as 64M or 1G (default 256M)]:SIZE: ' \
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
    'open:read, ask and move through the answers in the app; PATHs alone do the same'
    'ask:answer one question, or a file of them, and exit'
    'show:print a place that an answer cites, and the lines around it'
    'index:build, look at or clear cached indexes; ask makes them unasked'
    'eval:score a file of questions with known answers'
    'config:show what is configured and where, or edit it'
    'completion:print what makes a shell complete commands, options and values on Tab'
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

# A file among the completions is loaded when it is first needed; a script that is read declares.
if [[ $funcstack[1] == _briefqa ]]; then
  _briefqa "$@"
else
  compdef _briefqa briefqa
fi
