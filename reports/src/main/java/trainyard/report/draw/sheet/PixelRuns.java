package trainyard.report.draw.sheet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.report.figure.GanttFigure.Band;

/**
 * Intervals of a Gantt row that are narrower than a pixel: each pixel shows the state that has most of it, and neighbours
 * of one state are one box, so that thousands of intervals stay a few hundred boxes.
 */
public final class PixelRuns {

    /**
     * Neighbouring pixels of one state.
     *
     * @param from first pixel
     * @param to behind the last pixel
     * @param state what has most of each
     * @param band which part of the row's height
     * @param intervals how many intervals lie in them
     */
    public record Run(int from, int to, String state, Band band, int intervals) {}

    private static final class Pixel {

        private final Map<String, Double> widths = new LinkedHashMap<>();
        private int intervals;

        private String state() {
            return widths.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElseThrow();
        }
    }

    private final Map<Band, TreeMap<Integer, Pixel>> bands =
            new TreeMap<>(Comparator.comparingDouble(Band::low).thenComparingDouble(Band::high));

    /** Counts an interval by the pixel of its start. */
    public void add(double from, double width, String state, Band band) {
        Pixel pixel = bands.computeIfAbsent(band, any -> new TreeMap<>())
                .computeIfAbsent((int) Math.floor(from), any -> new Pixel());
        pixel.widths.merge(state, width, Double::sum);
        pixel.intervals++;
    }

    /** The boxes, band by band from left to right. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        bands.forEach((band, pixels) -> {
            int first = runs.size();
            pixels.forEach((at, pixel) -> {
                Run last = runs.size() == first ? null : runs.get(runs.size() - 1);
                String state = pixel.state();
                if (last != null && last.to() == at && last.state().equals(state)) {
                    runs.set(
                            runs.size() - 1,
                            new Run(last.from(), at + 1, state, band, last.intervals() + pixel.intervals));
                } else {
                    runs.add(new Run(at, at + 1, state, band, pixel.intervals));
                }
            });
        });
        return runs;
    }
}
