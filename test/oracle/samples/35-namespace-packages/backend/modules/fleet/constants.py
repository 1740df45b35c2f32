FLEET = "/fleet"
