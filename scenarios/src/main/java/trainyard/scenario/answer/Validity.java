package trainyard.scenario.answer;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.scenario.Scenario;

/** Says which parts of the model behind an answer were checked against what. */
final class Validity {

    private Validity() {}

    static List<ValidityRow> of(Scenario scenario) {
        return List.of(new ValidityRow(
                "failures, stragglers and other jobs on the fabric",
                Status.UNVERIFIED,
                "",
                0,
                OptionalDouble.empty(),
                "left out: the machines are healthy and otherwise idle"));
    }
}
