# Completion of manyi(1) for bash: the program itself says what may follow.
_manyi()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=() i
	local program=${COMP_WORDS[0]}

	case $prev in
	--form)
		COMPREPLY=($(compgen -W 'A B C' -- "$cur")); return ;;
	--stream)
		COMPREPLY=($(compgen -W 'sampled open' -- "$cur")); return ;;
	--lang)
		COMPREPLY=($(compgen -W 'zh en' -- "$cur")); return ;;
	--encoding)
		COMPREPLY=($(compgen -W 'utf-8 gb18030' -- "$cur")); return ;;
	--role)
		COMPREPLY=($(compgen -W 'admin analyst official department auditor' -- "$cur")); return ;;
	--db|--report|--r|--file|--output|-o|--store|--socket|--runtime|--certificate|--certificate-key|--public-key|--pdf|--csv)
		COMPREPLY=($(compgen -f -- "$cur")); return ;;
	esac
	# The command so far: leading words that are no options.
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--db|--lang) i=$((i + 1)) ;;
		-*) ;;
		*) words+=("${COMP_WORDS[i]}") ;;
		esac
	done
	COMPREPLY=($(compgen -W "$("$program" help --words "${words[@]:0:3}" 2>/dev/null)" -- "$cur"))
	case ${COMPREPLY[0]-} in
	*=) compopt -o nospace ;;
	'') COMPREPLY=($(compgen -f -- "$cur")) ;;
	esac
}
complete -o filenames -F _manyi manyi
