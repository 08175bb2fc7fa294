package trainyard.report.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import trainyard.report.GalleryOfFigures;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/**
 * Compares each figure of the gallery with a golden file, mark by mark. The files under src/test/resources were written by
 * this test with -Dgolden.write=true; look at them in a browser after each renewal.
 */
class SvgGoldenTest {

    private static final String FOLDER = "trainyard/report/svg/";

    static Set<String> names() {
        return GalleryOfFigures.all().keySet();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void matchesItsGoldenFile(String name) throws IOException {
        Figure figure = GalleryOfFigures.all().get(name);
        String svg = SvgWriter.inline(Layouts.of(figure, Layouts.NARROW), "g", "narrow") + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(Path.of("src/test/resources", FOLDER, name + ".svg"), svg);
        }
        assertThat(svg).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        Path written = Path.of("src/test/resources", FOLDER, name + ".svg");
        if (Boolean.getBoolean("golden.write")) {
            return Files.readString(written);
        }
        try (InputStream stream = SvgGoldenTest.class.getResourceAsStream("/" + FOLDER + name + ".svg")) {
            assertThat(stream).as("golden file of %s", name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyFileIsWellFormedWithRealTextAndWordsForScreenReaders() throws Exception {
        for (Map.Entry<String, Figure> entry : GalleryOfFigures.all().entrySet()) {
            String svg = SvgWriter.file(Layouts.of(entry.getValue(), Layouts.WIDE));
            Document document = parse(svg);
            assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
            assertThat(document.getElementsByTagName("text").getLength())
                    .as(entry.getKey())
                    .isGreaterThan(4);
            assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                    .isEqualTo(entry.getValue().text().altText());
            assertThat(svg).doesNotContain("NaN", "Infinity", "E-");
        }
    }

    @Test
    void hostileTextStaysText() throws Exception {
        String hostile = "</svg><script>alert('1')</script> & \"quotes\" \u0001 日本 \uD83D\uDE80";
        FigureText text = new FigureText(hostile, "r", hostile, "d");
        LineFigure figure = LineFigure.of(
                text,
                Axis.linear(hostile, "s"),
                Axis.linear(hostile, "s"),
                List.of(
                        Series.of(hostile, List.of(Point.of(0, 1), Point.of(1, 2))),
                        Series.of("b", List.of(Point.of(0, 1)))));
        String svg = SvgWriter.file(Layouts.of(figure, Layouts.WIDE));
        Document document = parse(svg);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(hostile.replace("\u0001", ""));
    }

    @Test
    void coordinatesHaveAtMostOneDecimal() {
        assertThat(Markup.number(12.349)).isEqualTo("12.3");
        assertThat(Markup.number(12.35)).isEqualTo("12.4");
        assertThat(Markup.number(100)).isEqualTo("100");
        assertThat(Markup.number(-0.01)).isEqualTo("0");
        for (Figure figure : GalleryOfFigures.all().values()) {
            Drawing drawing = Layouts.of(figure, Layouts.NARROW);
            assertThat(SvgWriter.inline(drawing, "g", "c")
                            .replaceAll("fill-opacity=\"[^\"]*\"|<title>[^<]*</title>|>[^<]*<", "><"))
                    .doesNotContainPattern("[0-9]\\.[0-9]{2}");
        }
    }

    @Test
    void coloursFollowDarkPages() {
        assertThat(Palette.styleSheet())
                .contains(".s-line0{stroke:var(--line0,#0072b2)}")
                .contains("prefers-color-scheme:dark")
                .contains("--line0:#4fa8e0;");
    }
}
