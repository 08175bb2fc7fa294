package trainyard.report.svg;

import java.util.List;
import java.util.Locale;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Outline;
import trainyard.report.draw.sheet.Shade;
import trainyard.report.draw.sheet.TitleLines;
import trainyard.report.draw.sheet.Tone;

/** Writes one drawing as SVG. */
public final class SvgWriter {

    private static final double TITLE_HEIGHT = 34;
    private static final double MARGIN = 16;

    private final StringBuilder svg = new StringBuilder(4096);

    private SvgWriter() {}

    /**
     * An element for a page that includes {@link Palette#styleSheet}.
     *
     * @param id distinct within the page; names the title and description for screen readers
     * @param cssClass class of the element
     */
    public static String inline(Drawing drawing, String id, String cssClass) {
        SvgWriter writer = new SvgWriter();
        writer.open(drawing.width(), drawing.height(), " class=\"" + cssClass + "\"", drawing, id);
        drawing.marks().forEach(writer::mark);
        return writer.svg.append("</svg>").toString();
    }

    /** A file of its own with title, style sheet and paper. */
    public static String file(Drawing drawing) {
        SvgWriter writer = new SvgWriter();
        double width = drawing.width() + 2 * MARGIN;
        TitleLines title = TitleLines.of(drawing.text().title(), drawing.width());
        double titleHeight = TITLE_HEIGHT + title.moreHeight();
        double height = drawing.height() + titleHeight + 2 * MARGIN;
        writer.open(width, height, "", drawing, "figure");
        writer.svg.append("<style>").append(Palette.styleSheet()).append("</style>");
        writer.mark(new Mark.Box(0, 0, width, height, Tone.PAPER, 1, ""));
        double base = MARGIN + Mark.Type.TITLE.size();
        for (String line : title.lines()) {
            writer.mark(new Mark.Label(MARGIN, base, line, Mark.Type.TITLE, Mark.Anchor.START, Tone.TEXT, ""));
            base += TitleLines.LINE_HEIGHT;
        }
        writer.svg.append("<g transform=\"translate(" + Markup.number(MARGIN) + ","
                + Markup.number(MARGIN + titleHeight) + ")\">");
        drawing.marks().forEach(writer::mark);
        return writer.svg.append("</g>\n</svg>\n").toString();
    }

    private void open(double width, double height, String attributes, Drawing drawing, String id) {
        String size = Markup.number(width) + " " + Markup.number(height);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\" width=\""
                + Markup.number(width) + "\" height=\"" + Markup.number(height) + "\" role=\"img\" aria-labelledby=\""
                + id + "-t " + id + "-d\"" + attributes + ">\n");
        svg.append("<title id=\"" + id + "-t\">" + Markup.escape(drawing.text().title()) + "</title>");
        svg.append("<desc id=\"" + id + "-d\">" + Markup.escape(drawing.text().altText()) + "</desc>");
    }

    private void mark(Mark mark) {
        svg.append('\n');
        if (mark instanceof Mark.Box box) {
            box(box);
        } else if (mark instanceof Mark.Line line) {
            line(line);
        } else if (mark instanceof Mark.Area area) {
            svg.append("<path d=\"" + path(area.points()) + "Z\"" + fill(area.fill(), area.opacity()) + "/>");
        } else if (mark instanceof Mark.Dot dot) {
            dot(dot);
        } else if (mark instanceof Mark.Label label) {
            label(label);
        }
    }

    private void box(Mark.Box box) {
        String geometry = "<rect" + attribute("x", box.x()) + attribute("y", box.y()) + attribute("width", box.width())
                + attribute("height", box.height()) + fill(box.fill(), box.opacity());
        closeWithTip(geometry, "rect", box.tip());
    }

    private void line(Mark.Line line) {
        String dash = switch (line.dash()) {
            case SOLID -> "";
            case DASHED -> " stroke-dasharray=\"7 4\"";
            case DOTTED -> " stroke-dasharray=\"2 3\"";
            case DASH_DOT -> " stroke-dasharray=\"9 3 2 3\"";
        };
        svg.append("<path d=\"" + path(line.points()) + "\" fill=\"none\"" + paint("stroke", "s-", line.ink())
                + attribute("stroke-width", line.width()) + dash + " stroke-linejoin=\"round\"/>");
    }

    private void dot(Mark.Dot dot) {
        double r = dot.radius();
        if (dot.shape() == Mark.Shape.CIRCLE) {
            String geometry = "<circle" + attribute("cx", dot.x()) + attribute("cy", dot.y()) + attribute("r", r)
                    + fill(dot.ink(), 1);
            closeWithTip(geometry, "circle", dot.tip());
        } else {
            String geometry = "<path d=\"" + path(Outline.of(dot)) + "Z\"" + fill(dot.ink(), 1);
            closeWithTip(geometry, "path", dot.tip());
        }
    }

    private void label(Mark.Label label) {
        String anchor = label.anchor() == Mark.Anchor.START
                ? ""
                : " text-anchor=\"" + label.anchor().name().toLowerCase(Locale.ROOT) + "\"";
        String weight = label.font().bold() ? " font-weight=\"600\"" : "";
        String tip = label.tip().isEmpty() ? "" : "<title>" + Markup.escape(label.tip()) + "</title>";
        svg.append("<text" + attribute("x", label.x()) + attribute("y", label.y()) + " font-size=\""
                + label.font().size() + "\"" + weight + anchor + fill(label.ink(), 1) + ">" + tip
                + Markup.escape(label.text()) + "</text>");
    }

    private void closeWithTip(String geometry, String element, String tip) {
        if (tip.isEmpty()) {
            svg.append(geometry).append("/>");
        } else {
            svg.append(geometry).append("><title>" + Markup.escape(tip) + "</title></" + element + ">");
        }
    }

    private static String path(List<Spot> spots) {
        StringBuilder path = new StringBuilder(spots.size() * 12);
        for (Spot spot : spots) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(Markup.number(spot.x()))
                    .append(' ')
                    .append(Markup.number(spot.y()));
        }
        return path.toString();
    }

    private static String fill(Ink ink, double opacity) {
        String paint = paint("fill", "f-", ink);
        return opacity == 1 ? paint : paint + " fill-opacity=\"" + opacity + "\"";
    }

    private static String paint(String property, String prefix, Ink ink) {
        if (ink instanceof Tone tone) {
            return " class=\"" + prefix + tone.cssName() + "\"";
        }
        return " " + property + "=\"" + Palette.hex(((Shade) ink).light()) + "\"";
    }

    private static String attribute(String name, double value) {
        return " " + name + "=\"" + Markup.number(value) + "\"";
    }
}
