package trainyard.report.svg;

import java.util.Locale;
import trainyard.report.draw.sheet.Tone;

/** The style sheet that gives the classes of an SVG their colours. */
public final class Palette {

    /** Faces that come with common systems; nothing is loaded. */
    static final String FACES = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    private Palette() {}

    /** Colours by class for the drawings of a page, light by default and dark where the reader prefers it. */
    public static String styleSheet() {
        StringBuilder css = new StringBuilder();
        for (Tone tone : Tone.values()) {
            String name = tone.cssName();
            css.append(".f-" + name + "{fill:var(--" + name + "," + hex(tone.light()) + ")}");
            css.append(".s-" + name + "{stroke:var(--" + name + "," + hex(tone.light()) + ")}");
        }
        css.append("svg text{font-family:").append(FACES).append('}');
        css.append("@media screen and (prefers-color-scheme:dark){:root{");
        for (Tone tone : Tone.values()) {
            css.append("--" + tone.cssName() + ":" + hex(tone.dark()) + ";");
        }
        return css.append("}}").toString();
    }

    static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
