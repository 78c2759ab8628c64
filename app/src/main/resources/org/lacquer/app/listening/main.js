// SPDX-License-Identifier: Apache-2.0
// The recordings stand in the page itself; nothing is fetched.

new Setup(new Library(JSON.parse(document.getElementById("test").textContent))).show();
