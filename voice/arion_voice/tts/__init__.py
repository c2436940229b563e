"""Text in, speech out: the engines that speak, and what they need to know of pronunciation."""
