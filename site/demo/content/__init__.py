"""The texts of the demo, as data: YAML with every text in three languages, facts about Smes as JSON."""
