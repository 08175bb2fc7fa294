package trainyard.report.png;

import com.pngencoder.PngEncoder;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.NameColours;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.TitleLines;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Figure;

/** Paints a figure as PNG on white paper, with two pixels per unit so that it stays sharp on a slide. */
public final class PngWriter {

    /** Pixels of the file per pixel of the layout. */
    public static final int DENSITY = 2;

    /** Of 0 to 9; more takes twice as long for a few percent of the bytes. */
    private static final int COMPRESSION = 6;

    private static final int MARGIN = 24;
    private static final int TITLE_HEIGHT = 34;

    private PngWriter() {}

    /** The bytes of a PNG file of a figure by itself. */
    public static byte[] png(Figure figure) {
        return png(figure, NameColours.of(List.of(figure)));
    }

    /** The same in the colours that the figures of its report share. */
    public static byte[] png(Figure figure, NameColours colours) {
        Drawing drawing = Layouts.of(figure, Layouts.WIDE, colours);
        TitleLines title = TitleLines.of(figure.text().title(), drawing.width());
        BufferedImage image = blank(drawing.width(), drawing.height() + title.moreHeight());
        Graphics2D graphics = titled(image, title);
        Optional<Chart<?, ?>> chart = drawing.plotArea().flatMap(area -> XCharts.of(figure, area, colours));
        if (chart.isPresent()) {
            around(graphics, drawing, drawing.plotArea().orElseThrow(), chart.get());
        } else {
            MarkPainter.paint(graphics, drawing.marks());
        }
        graphics.dispose();
        return encode(image);
    }

    /** Paints the frame, the chart inside it and what lies on top. */
    private static void around(Graphics2D graphics, Drawing drawing, PlotArea area, Chart<?, ?> chart) {
        MarkPainter.paint(graphics, drawing.marks().subList(0, area.firstMark()));
        Graphics2D inside = (Graphics2D) graphics.create();
        double bleedX = (chart.getWidth() - HouseStyle.width(area)) / 2.0;
        double bleedY = (chart.getHeight() - HouseStyle.height(area)) / 2.0;
        inside.translate(area.x().start() - bleedX, area.y().end() - bleedY);
        chart.paint(inside, chart.getWidth(), chart.getHeight());
        inside.dispose();
        List<Mark> marks = drawing.marks();
        MarkPainter.paint(graphics, marks.subList(area.endMark(), marks.size()));
    }

    /** Paper for content of the given size, with room for title and margins. */
    private static BufferedImage blank(double width, double height) {
        int fullWidth = (int) Math.ceil(width) + 2 * MARGIN;
        int fullHeight = (int) Math.ceil(height) + 2 * MARGIN + TITLE_HEIGHT;
        return new BufferedImage(fullWidth * DENSITY, fullHeight * DENSITY, BufferedImage.TYPE_INT_RGB);
    }

    /** Paints paper and title and moves the origin to where the content starts. */
    private static Graphics2D titled(BufferedImage image, TitleLines title) {
        Graphics2D graphics = graphics(image);
        graphics.setColor(MarkPainter.color(Tone.TEXT, 1));
        double base = MARGIN + Mark.Type.TITLE.size();
        for (String line : title.lines()) {
            graphics.setFont(HouseFont.fitting(line, HouseFont.bold(Mark.Type.TITLE.size() + 1)));
            graphics.drawString(line, MARGIN, (float) base);
            base += TitleLines.LINE_HEIGHT;
        }
        graphics.translate(MARGIN, MARGIN + TITLE_HEIGHT + title.moreHeight());
        return graphics;
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(MarkPainter.color(Tone.PAPER, 1));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(DENSITY, DENSITY);
        return graphics;
    }

    private static byte[] encode(BufferedImage image) {
        return new PngEncoder()
                .withBufferedImage(image)
                .withCompressionLevel(COMPRESSION)
                .withMultiThreadedCompressionEnabled(false)
                .toBytes();
    }
}
