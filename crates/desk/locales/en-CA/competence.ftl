# Letters about certifications.
certification-soon-subject = { $name } ends on { $day }
certification-soon-text = Your certification { $name } ends on { $day }. When you have renewed it, write the new day on your page.
certification-over-subject = { $name } ended on { $day }
certification-over-text = Your certification { $name } ended on { $day }. If you renewed it, write the new day on your page; if you no longer need it, remove it there.
certification-footer = This letter came because you keep this certification on your page of skills.
