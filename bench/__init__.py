"""What does it cost? Every figure beside a peer or a floor, measured in the same run."""
