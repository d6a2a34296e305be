# limited-files.sh KILOBYTES COMMAND…: runs a command that cannot make any file larger than that. It gets an error and no signal, as on a
# full disk.
trap '' XFSZ
ulimit -f "$(($1 * 2))"
shift
exec "$@"
