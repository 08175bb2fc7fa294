package trainyard.scenario.verify.sgd;

import java.util.List;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.sgd.fact.FactRows;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;
import trainyard.sim.csv.CsvRow;

/** Scores rows about how SGD is made parallel. Knows tables of golden values and tables of facts. */
public final class SgdSuite implements Suite {

    private final GoldenRows goldens;
    private final FactRows facts;

    /**
     * @param simulation simulates golden rows
     * @param seed of the facts that are simulated
     */
    public SgdSuite(GoldenSimulation simulation, long seed) {
        this.goldens = new GoldenRows(simulation);
        this.facts = new FactRows(seed);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String shippedFolder() {
        return "sgd";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(GoldenRows.COLUMNS, FactRows.TABLE.columns());
    }

    @Override
    public boolean scoresInParallel() {
        return true;
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return row.has(GoldenRows.QUANTITY) ? goldens.score(row) : List.of(facts.score(row));
    }

    @Override
    public List<RowScore> overall(List<String> header, List<RowScore> scores) {
        return header.contains(GoldenRows.QUANTITY) ? List.of() : facts.overall(scores);
    }
}
