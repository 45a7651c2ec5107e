"""Make the reader: the trained model that framelens ships, from gold data and a base.

Nobody who uses framelens needs this. ``training/README.md`` has the one command.
"""
