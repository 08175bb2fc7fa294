package trainyard.report.png;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The shipped faces, so that charts do not depend on the fonts of the machine. */
final class HouseFont {

    private static final Font REGULAR = load("Roboto-Regular.ttf");
    private static final Font BOLD = load("Roboto-Bold.ttf");

    private HouseFont() {}

    static Font regular(float size) {
        return REGULAR.deriveFont(size);
    }

    static Font bold(float size) {
        return BOLD.deriveFont(size);
    }

    /** The face for {@code text}: ours, or the machine's own sans-serif where ours lacks a character. */
    static Font fitting(String text, Font ours) {
        return ours.canDisplayUpTo(text) < 0 ? ours : new Font(Font.SANS_SERIF, ours.getStyle(), ours.getSize());
    }

    private static Font load(String file) {
        try (InputStream stream = HouseFont.class.getResourceAsStream("/trainyard/report/font/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("font " + file + " is missing from the class path");
            }
            return Font.createFont(Font.TRUETYPE_FONT, stream);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read font " + file, e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("font " + file + " is damaged", e);
        }
    }
}
