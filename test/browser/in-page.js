// Evaluated in the browser: how wide the page is, and the charts that have a size, each with its title,
// its shapes and its smallest text as it is drawn. Opens all details, so that what is in them is checked too.
(() => {
  const charts = [...document.querySelectorAll('figure svg[role=img]')]
    .filter((svg) => svg.getBoundingClientRect().height > 0)
    .map((svg) => {
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const sizes = [...svg.querySelectorAll('text')].map(
        (text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale,
      );
      return {
        title: svg.querySelector('title')?.textContent ?? '',
        shapes: svg.querySelectorAll('path').length,
        smallest: Math.min(...sizes, 99),
      };
    });
  for (const details of document.querySelectorAll('details')) details.open = true;
  return { width: document.documentElement.scrollWidth, charts };
})();
