"""Reports: everything that a run writes, for the terminal, Allure, JUnit, GitHub and coverage."""
