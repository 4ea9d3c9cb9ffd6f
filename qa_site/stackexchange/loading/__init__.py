"""From the staging tables into the site's own: each function moves what is staged and empties its table.

One statement moves thousands of rows, and checks their foreign keys at its end, so that no list of checks to
do grows until the end of the transaction.
"""
