# Planning with wages.

wages-title = Wages for planning
wages-intro = What a ticket, an outage or cover costs. A wage is one of a region, never of a person, and stands on no other page.
wages-export = Save as a file
wages-import = Bring in a table
wages-empty = The table is empty. Bring one in.
wages-built-in = These are the figures Firstline comes with, dated when they were taken in; bring in those of your own source and date.
wages-table = The table in use
wages-before = Bring back the table before
wages-who = Who plans with wages
wages-who-how = Administrators, and the supervisors you allow. For everybody else this page is not there.
wages-no-supervisor = There is no supervisor yet.
wages-allowed = Plans with wages
wages-allow = Allow
wages-close = No longer
wage-region = Region
wage-per = Paid by
wage-per-hour = hour
wage-per-year = year
wage-low = Low
wage-median = Median
wage-high = High
wage-from = Source
wage-date = Date
wage-figures = Low / median / high
wage-source = Figures: { $source }, { $date }.
wage-of-a-year = A figure of a year is spread over { $hours } hours.

plan-go = Work it out
plan-time = Time
plan-ticket = A ticket
plan-spent = Time worked
plan-spent-hint = Such as 25, 1:30 or 1.5 h. Left empty, it is taken from what is known.
plan-median = Half of { $count ->
    [one] the one ticket
   *[other] { $count } tickets
} with logged time took { $time } or less.
plan-median-days = (Logged in the last { $days } days, on tickets you see.)
plan-no-median = No time was logged in the last { $days } days on tickets you see. Type a figure.
plan-outage = An outage
plan-outage-number = Number of an outage
plan-outage-hint = Its length and how many said “me too” are taken from it, where you type nothing.
plan-outage-how = People affected, times the minutes, at the wage of the region.
plan-people = People affected
plan-lasted = How long it lasted
plan-cover = Cover
plan-heads = People
plan-hours = Hours a week, each
plan-hours-hint = Such as 37.5; at most 168.
plan-week = A week
plan-year = A year of 52 weeks

wages-import-how = A CSV file with a first line of column names: region, low, median, high, source, date. Low and high may be empty; region_fr and per (hour or year) may be added. Nothing is kept before you have seen what changes.
wages-file = File
wages-paste = Or paste the table
wages-paste-hint = Commas, semicolons or tabs between the cells.
wages-try = See what changes
wages-dry-run = What changes
wages-what = What becomes of it
wages-added = New
wages-changed = Changed
wages-same = As it is
wages-removed = Goes
wages-keep = Put it in the place of the table in use
wages-rejected = { $count ->
    [one] One line cannot be read
   *[other] { $count } lines cannot be read
}
wages-rejected-how = Nothing is kept until these are mended, so that no region is lost.
wages-line = Line { $line }:
wage-reject-empty = there is no line with a wage.
wage-reject-column = a column is missing: { $words }.
wage-reject-many = these are more lines than a table of regions has.
wage-reject-twice = this region is there already: { $words }.
wage-reject-missing = this cell is empty: { $words }.
wage-reject-long = this cell is too long or holds characters that cannot be seen: { $words }.
wage-reject-per = paid by hour or by year, not “{ $words }”.
wage-reject-figure = this is no amount: “{ $words }”. Write it like 31.47.
wage-reject-order = low, median and high must rise: { $words }.
wage-reject-date = this is no date: “{ $words }”. Write it like 2026, 2026-11 or 2026-11-24.

refused-plan-time = Give a time such as 25, 1:30 or 1.5 h.
refused-plan-people = Give a number of people from 1 to 1,000,000.
refused-plan-hours = Give hours a week from 0.01 to 168.
refused-plan-outage = There is no such outage. Check the number.
refused-not-supervisor = Only a supervisor can be allowed. Administrators plan with wages anyway.
refused-wage-lines = { $number ->
    [one] One line cannot be read. Mend it first.
   *[other] { $number } lines cannot be read. Mend them first.
}
refused-wage-file = Send one CSV file of at most 256 kB.
refused-wage-letters = These are no letters of UTF-8. Save the file as “CSV UTF-8” and try again.
conflict-wages-same = The table in use says the same. There is nothing to change.
conflict-wages-first = This is the table Firstline comes with. There is none before it.
audited-wages-import = Table of wages brought in
audited-wages-back = Table of wages taken back
audited-wages-allowed = Planning with wages allowed
audited-wages-closed = Planning with wages ended
