### directory
