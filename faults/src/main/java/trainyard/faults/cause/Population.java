package trainyard.faults.cause;

import java.util.function.IntUnaryOperator;

/**
 * Components that share a law.
 *
 * @param size how many, 0 or more
 * @param component number in its scope of the i-th one
 */
record Population(int size, IntUnaryOperator component) {

    /** All components of a scope. */
    static Population all(Scope scope, ClusterShape cluster) {
        return new Population(scope.components(cluster), IntUnaryOperator.identity());
    }

    /** Those within some nodes. */
    static Population of(Scope scope, int[] nodes, ClusterShape cluster) {
        int each = scope.firstComponent(1, cluster);
        return new Population(nodes.length * each, i -> nodes[i / each] * each + i % each);
    }

    /** Those outside some nodes, which are in ascending order. */
    static Population outside(Scope scope, int[] nodes, ClusterShape cluster) {
        int each = scope.firstComponent(1, cluster);
        int size = scope.components(cluster) - nodes.length * each;
        return new Population(size, i -> nodeOutside(i / each, nodes) * each + i % each);
    }

    /** The node of a place among those that are not listed: the least one with as many unlisted nodes before it. */
    private static int nodeOutside(int place, int[] nodes) {
        int low = 0;
        int high = nodes.length;
        while (low < high) {
            int middle = (low + high) / 2;
            boolean before = nodes[middle] - middle <= place;
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return place + low;
    }
}
