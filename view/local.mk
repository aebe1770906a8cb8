### view
