package trainyard.scenario.chart;

import java.util.List;
import trainyard.report.figure.FigureText;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.metric.Wording;

/** The words around figures. */
final class Words {

    private Words() {}

    static FigureText of(String title, String caption, StudyResult result) {
        int cells = result.grid().size();
        String source = "simulated" + (cells == 1 ? "" : ", " + cells + " cells") + ", seed "
                + result.study().scenario().seed();
        return new FigureText(
                Wording.capital(title),
                Wording.capital(caption),
                Wording.capital(title) + ". " + Wording.capital(caption),
                source);
    }

    /** What rows are, such as {@code Node} of {@code node 0} and {@code node 1}; empty where their first words differ. */
    static String kind(List<String> rows) {
        List<String> kinds = rows.stream()
                .map(row -> row.substring(0, Math.max(0, row.indexOf(' '))))
                .distinct()
                .toList();
        return kinds.size() == 1 ? Wording.capital(kinds.get(0)) : "";
    }
}
