package trainyard.scenario.verify.training;

import java.util.OptionalDouble;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.verify.RowSkipped;

/**
 * The measured figure of a row: the step time where it is given, else the rate of one GPU, else utilisation, else tokens
 * per second.
 *
 * @param quantity what was measured
 * @param value its value in the quantity's unit
 * @param slowdown step time of the machine in the state in which it was measured over that in good order, at least 1, where
 *     the source states it
 */
public record PublishedFigure(Quantity quantity, double value, double slowdown) {

    private static final double TERA = 1e12;

    /** Quantities that tables of training runs print. */
    public enum Quantity {
        STEP_TIME("step time", "s"),
        /** FLOPs that the model needs, three forward passes. */
        MODEL_FLOPS("model FLOP/s per GPU", "TFLOP/s"),
        /**
         * FLOPs that were executed, recomputed products counted again; for full recomputation this is Eq. 3 of Narayanan
         * et al. 2021.
         */
        HARDWARE_FLOPS("hardware FLOP/s per GPU", "TFLOP/s"),
        MFU("model FLOPs utilisation", "%"),
        HFU("hardware FLOPs utilisation", "%"),
        TOKENS("tokens per second", "tokens/s"),
        TOKENS_PER_GPU("tokens per second per GPU", "tokens/s");

        private final String label;
        private final String unit;

        Quantity(String label, String unit) {
            this.label = label;
            this.unit = unit;
        }

        public String label() {
            return label;
        }

        public String unit() {
            return unit;
        }
    }

    /** Of a machine in good order. */
    PublishedFigure(Quantity quantity, double value) {
        this(quantity, value, 1);
    }

    /** The same quantity as the simulator predicts it. */
    public double predicted(StepCost cost) {
        double predicted = inGoodOrder(cost);
        return quantity == Quantity.STEP_TIME ? predicted * slowdown : predicted / slowdown;
    }

    private double inGoodOrder(StepCost cost) {
        return switch (quantity) {
            case STEP_TIME -> cost.seconds();
            case MODEL_FLOPS -> cost.modelFlopsPerSecondPerGpu() / TERA;
            case HARDWARE_FLOPS -> cost.hardwareFlopsPerSecondPerGpu() / TERA;
            case MFU -> 100 * cost.mfu();
            case HFU -> 100 * cost.hfu();
            case TOKENS -> cost.tokensPerSecond();
            case TOKENS_PER_GPU -> cost.tokensPerSecond() / cost.gpus();
        };
    }

    /**
     * @throws RowSkipped if the row states none of the quantities
     * @throws trainyard.sim.csv.CsvException if the first that it states is not a number above 0
     */
    static PublishedFigure of(RowCells cells) {
        Quantity flops =
                cells.words("tflops_def").contains("hardware") ? Quantity.HARDWARE_FLOPS : Quantity.MODEL_FLOPS;
        String[] columns = {
            "iter_time_s", "tflops_per_gpu", "mfu_pct", "hfu_pct", "tokens_per_s", "tokens_per_s_per_gpu"
        };
        Quantity[] quantities = {
            Quantity.STEP_TIME, flops, Quantity.MFU, Quantity.HFU, Quantity.TOKENS, Quantity.TOKENS_PER_GPU
        };
        for (int i = 0; i < columns.length; i++) {
            OptionalDouble value = cells.optionalPositive(columns[i]);
            if (value.isPresent()) {
                return new PublishedFigure(quantities[i], value.getAsDouble(), RowSlowdown.of(cells));
            }
        }
        throw RowSkipped.missing("iter_time_s, tflops_per_gpu, mfu_pct and tokens_per_s");
    }
}
