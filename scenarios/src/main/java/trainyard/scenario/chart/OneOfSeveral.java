package trainyard.scenario.chart;

/**
 * The design that a chart with room for one shows where several are compared.
 *
 * @param behindTitle behind a title that is made from the axes; empty where there is only one
 * @param remark a sentence behind any caption; empty where there is only one
 */
record OneOfSeveral(String behindTitle, String remark) {

    /**
     * @param name of the design, the first of those that have something to show
     * @param designs how many there are
     */
    static OneOfSeveral of(String name, int designs) {
        return designs == 1
                ? new OneOfSeveral("", "")
                : new OneOfSeveral(
                        ", " + name, "Shown is " + name + ", the first of " + designs + "; at shows another.");
    }
}
