@rem `npm start` uses the shell's `exec`, so that signals reach the server. The shell of Windows has none: this stands in for it.
@%*
