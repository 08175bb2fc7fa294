/**
 * Fine-tuning by low-rank adapters: any model whose layers multiply by weights becomes one whose weights are frozen and
 * whose named products have a small trained product beside them. Time, memory and traffic follow from the changed
 * operators, as for every other model.
 */
package trainyard.parallel.model.adapter;
