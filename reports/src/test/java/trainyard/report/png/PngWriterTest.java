package trainyard.report.png;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import trainyard.report.GalleryOfFigures;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.PlotArea;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

class PngWriterTest {

    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private static BufferedImage image(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(PngWriter.png(figure)));
    }

    @Test
    void everyKindIsPaintedAtTwiceItsSizeOnWhite() throws IOException {
        for (Map.Entry<String, Figure> entry : GalleryOfFigures.all().entrySet()) {
            Drawing drawing = Layouts.of(entry.getValue(), Layouts.WIDE);
            BufferedImage image = image(entry.getValue());
            assertThat(image.getWidth()).as(entry.getKey()).isEqualTo(2 * ((int) Math.ceil(drawing.width()) + 48));
            assertThat(image.getHeight()).as(entry.getKey()).isEqualTo(2 * ((int) Math.ceil(drawing.height()) + 82));
            assertThat(image.getRGB(2, 2)).as(entry.getKey()).isEqualTo(0xFFFFFFFF);
            assertThat(colours(image)).as(entry.getKey()).hasSizeGreaterThan(20);
        }
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    /** XChart's points must lie where our axes say: the marker of (4, 10) of a 2..8 by 1..100 chart is looked up. */
    @Test
    void xChartDrawsWhereOurAxesSay() throws IOException {
        LineFigure figure = LineFigure.of(
                TEXT,
                Axis.log2("GPUs", "").from(2).upTo(8),
                Axis.log10("Time", "s").from(1).upTo(100),
                List.of(Series.of("a", List.of(Point.of(2, 1), Point.of(4, 10), Point.of(8, 1)))));
        PlotArea area = Layouts.of(figure, Layouts.WIDE).plotArea().orElseThrow();
        int x = (int) Math.round(2 * (24 + area.x().at(4)));
        int y = (int) Math.round(2 * (58 + area.y().at(10)));
        assertThat(image(figure).getRGB(x, y) & 0xFFFFFF).isEqualTo(Tone.line(0).light());
    }

    @Test
    void barsStandWhereTheLayoutPutsThem() throws IOException {
        BarFigure figure = BarFigure.grouped(
                TEXT, "Design", List.of("a", "b"), Axis.linear("Time", "s"), List.of(BarSeries.of("t", 4.0, 8.0)));
        PlotArea area = Layouts.of(figure, Layouts.WIDE).plotArea().orElseThrow();
        BufferedImage image = image(figure);
        int x = (int) Math.round(2 * (24 + area.x().at(0.5)));
        assertThat(image.getRGB(x, (int) (2 * (58 + area.y().at(3.8)))) & 0xFFFFFF)
                .isEqualTo(Tone.fill(0).light());
        assertThat(image.getRGB(x, (int) (2 * (58 + area.y().at(6.5)))) & 0xFFFFFF)
                .isEqualTo(0xFFFFFF);
    }

    @Test
    void missingBarsAndForeignScriptsArePainted() throws IOException {
        BarSeries gaps = new BarSeries("日本語", List.of(Optional.empty(), Optional.of(new Estimate(3, 1, 4))));
        BarFigure figure =
                BarFigure.grouped(TEXT, "Design", List.of("a", "b"), Axis.linear("Time", "s"), List.of(gaps));
        assertThat(colours(image(figure))).contains(0xFF000000 | Tone.fill(0).light());
    }
}
