-- Which reports there are is the program's to know: no check names them.
ALTER TABLE report_subscription DROP CONSTRAINT report_subscription_report_check;
