# Groups outside the desk to which work is handed over.
group-network = Network technicians
group-developers = Programmers and developers
group-analysts = Systems analysts
group-security = Security specialists
group-testing = Testing technicians
