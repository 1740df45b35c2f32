PRODUCTS = "products"
