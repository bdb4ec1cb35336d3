"""From files, folders, addresses and lines to Reports: text, title, outlet, language and the report's own date.

`inputs.read_inputs` turns what the user names into Sources; `report.make_report` turns a Source into a Report. The
package itself imports nothing: light commands may name it without loading the HTML parsers.
"""
