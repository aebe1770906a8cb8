### track
