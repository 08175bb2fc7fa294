package trainyard.scenario.answer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The product's own name and version. */
public final class Product {

    private Product() {}

    /** The version that the build wrote, such as {@code 0.1.0}. */
    public static String version() {
        try (InputStream in =
                Objects.requireNonNull(Product.class.getResourceAsStream("product.properties"), "product.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
