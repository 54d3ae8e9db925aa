"""What is counted without names: meetings of networks, talks, visits, material given."""
