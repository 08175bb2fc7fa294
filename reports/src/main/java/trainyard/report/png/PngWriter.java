package trainyard.report.png;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import trainyard.report.draw.Drawing;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.Mark;
import trainyard.report.draw.Tone;
import trainyard.report.figure.Figure;

/** Paints a figure as PNG on white paper, with two pixels per unit so that it stays sharp on a slide. */
public final class PngWriter {

    /** Pixels of the file per pixel of the layout. */
    public static final int DENSITY = 2;

    private static final int MARGIN = 24;
    private static final int TITLE_HEIGHT = 40;

    private PngWriter() {}

    /** The bytes of a PNG file. */
    public static byte[] png(Figure figure) {
        return encode(XCharts.of(figure).map(chart -> chart(chart)).orElseGet(() -> drawing(figure)));
    }

    private static BufferedImage chart(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart) {
        BufferedImage image = blank(chart.getWidth(), chart.getHeight());
        Graphics2D graphics = graphics(image);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return image;
    }

    private static BufferedImage drawing(Figure figure) {
        Drawing drawing = Layouts.of(figure, Layouts.WIDE);
        int width = (int) Math.ceil(drawing.width()) + 2 * MARGIN;
        int height = (int) Math.ceil(drawing.height()) + 2 * MARGIN + TITLE_HEIGHT;
        BufferedImage image = blank(width, height);
        Graphics2D graphics = graphics(image);
        graphics.setFont(HouseFont.bold(Mark.Type.TITLE.size() + 1));
        graphics.setColor(MarkPainter.color(Tone.TEXT, 1));
        String title = figure.text().title();
        graphics.setFont(HouseFont.fitting(title, graphics.getFont()));
        graphics.drawString(title, MARGIN, MARGIN + Mark.Type.TITLE.size());
        graphics.translate(MARGIN, MARGIN + TITLE_HEIGHT);
        MarkPainter.paint(graphics, drawing);
        graphics.dispose();
        return image;
    }

    private static BufferedImage blank(int width, int height) {
        return new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("this Java runtime cannot write PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode PNG", e);
        }
        return bytes.toByteArray();
    }
}
