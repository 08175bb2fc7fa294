package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Outcome;
import trainyard.sim.hardware.calibration.Extrapolation;

/** Where fits of a calibration profile were used outside what they were measured over: once for each fit, where it is used farthest. */
public final class Extrapolations {

    private Extrapolations() {}

    /**
     * What a design takes from outside.
     *
     * @param name of the design
     * @param fits where it is so; may be empty
     */
    public record Design(String name, List<Extrapolation> fits) {}

    private record Used(String design, Extrapolation how) {}

    /** Of the cells of a study, in sentences without a final stop. */
    static List<String> sentences(List<CellResult> cells) {
        return of(cells.stream()
                .map(cell -> new Design(
                        cell.cell().label(),
                        cell.first().map(Outcome::extrapolations).orElse(List.of())))
                .toList());
    }

    /** Of any designs, in sentences without a final stop. */
    public static List<String> of(List<Design> designs) {
        Map<String, List<Used>> fits = new LinkedHashMap<>();
        for (Design design : designs) {
            design.fits()
                    .forEach(how -> fits.computeIfAbsent(how.fit(), fit -> new ArrayList<>())
                            .add(new Used(design.name(), how)));
        }
        return fits.values().stream()
                .map(used -> sentence(used, designs.size()))
                .toList();
    }

    private static String sentence(List<Used> used, int designs) {
        Used farthest = used.stream()
                .max(Comparator.comparingDouble(one -> one.how().factor()))
                .orElseThrow();
        if (designs == 1) {
            return farthest.how().sentence();
        }
        String most = used.size() == 1 ? "" : " (the farthest of " + used.size() + " designs)";
        return farthest.design() + most + ": " + farthest.how().sentence();
    }
}
