package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.study.CellResult;
import trainyard.sim.hardware.calibration.Extrapolation;

/** Where fits of a calibration profile were used outside what they were measured over: once for each fit, where it is used farthest. */
final class Extrapolations {

    private Extrapolations() {}

    private record Used(String cell, Extrapolation how) {}

    /** In sentences without a final stop. */
    static List<String> sentences(List<CellResult> cells) {
        Map<String, List<Used>> fits = new LinkedHashMap<>();
        for (CellResult cell : cells) {
            cell.first().stream()
                    .flatMap(outcome -> outcome.extrapolations().stream())
                    .forEach(how -> fits.computeIfAbsent(how.fit(), fit -> new ArrayList<>())
                            .add(new Used(cell.cell().label(), how)));
        }
        return fits.values().stream().map(used -> sentence(used, cells.size())).toList();
    }

    private static String sentence(List<Used> used, int cells) {
        Used farthest = used.stream()
                .max(Comparator.comparingDouble(one -> one.how().factor()))
                .orElseThrow();
        if (cells == 1) {
            return farthest.how().sentence();
        }
        String most = used.size() == 1 ? "" : " (the farthest of " + used.size() + " designs)";
        return farthest.cell() + most + ": " + farthest.how().sentence();
    }
}
