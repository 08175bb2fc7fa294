package trainyard.scenario.verify.faults;

import java.util.List;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.sim.csv.CsvRow;

/** Scores rows about failures, checkpoints and recovery. Knows tables of closed forms and tables of facts. */
public final class FaultsSuite implements Suite {

    private final ClosedFormRows closedForms;

    /**
     * @param simulation simulates the rows that ask for it
     */
    public FaultsSuite(RowSimulation simulation) {
        this.closedForms = new ClosedFormRows(simulation);
    }

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String shippedFolder() {
        return "faults";
    }

    @Override
    public boolean accepts(List<String> header) {
        return ClosedFormRows.accepts(header);
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return closedForms.score(row);
    }
}
